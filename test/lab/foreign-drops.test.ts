import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { addUplink } from '../../src/lab/network.ts';
import { makeBusyboxRootfs } from '../../src/lab/guest.ts';
import { installShell } from '../../src/lab/install.ts';
import { bridgeNetfilter, setBridgeNetfilter } from './support/kernel.ts';
import { checkout, describeLab } from './support/lab.ts';
import { pingsFrom } from './support/networks.ts';
import { must, rc } from './support/service.ts';

const source = `[host]
name = excelsior
uplink = eth0
links = iproute2

[network internal]
ipv4 = 10.0.3.1/24
nat = yes

[container web]
id = 11
network = internal
ALLOW

[container client]
id = 12
network = internal
`;

const withHost = 'allow-in = host, client\nallow-out = host, outside, client';
const withoutHost = 'allow-in = client\nallow-out = outside, client';

describeLab('tables of others that drop what containers send or get', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await addUplink(host);
    await installShell(host, checkout);
    for (const name of ['web', 'client']) makeBusyboxRootfs(host, name, { init: 'instant' });
  });
  afterAll(() => host.stop());

  const apply = async (allow: string): Promise<void> => {
    await host.writeFile('/etc/rc-lxc/host.ini', source.replace('ALLOW', allow));
    await must(host, '"$1" apply', `${checkout}/bin/rc-lxc`);
    const started = await rc(host, 'rc-lxc-nft', ['--ifstarted', 'reload']);
    expect(started, started.text).toMatchObject({ exitCode: 0 });
    for (const name of ['web', 'client']) {
      const answer = await rc(host, `lxc.${name}`, ['--ifstopped', 'start']);
      expect(answer, answer.text).toMatchObject({ exitCode: 0 });
    }
  };

  const strict = async (hook: string, words = ''): Promise<void> =>
    void (await must(
      host,
      `nft delete table inet strict 2>/dev/null; nft "add table inet strict; add chain inet strict c { type filter hook ${hook} priority 0; policy drop; }" && ${words === '' ? ':' : `nft "add rule inet strict c ${words}"`}`,
    ));
  const lenient = (): Promise<string> => must(host, 'nft delete table inet strict');

  /** Who names the chain: the service, `check` and `doctor`. */
  const named = async (hook: string): Promise<readonly boolean[]> => {
    const { text } = await rc(host, 'rc-lxc-nft', 'status');
    const [check, doctor] = await Promise.all(
      ['check', 'doctor'].map(async (command) => {
        const { stdout } = await host.run([`${checkout}/bin/rc-lxc`, command, '--json'], { timeoutMs: 60_000 });
        const { problems } = JSON.parse(stdout) as { problems: readonly { code: string; message: string }[] };
        return problems.flatMap(({ code, message }) => (code === 'foreign-drop-policy' ? [message] : []));
      }),
    );
    return [
      text.includes(`Table inet strict has a chain at hook ${hook} with policy drop`),
      check?.length === 1 && check[0]?.startsWith('table inet strict: its chain c drops') === true,
      doctor?.length === 1,
    ];
  };

  describe('where containers and the host are to reach each other', () => {
    beforeAll(() => apply(withHost));

    it.each([
      ['forward', '192.0.2.1', 'iifname'],
      ['input', '10.0.3.1', 'iifname'],
      ['output', '10.0.3.1', 'oifname'],
    ])('are named at hook %s, where they do cut them', async (hook, address, side) => {
      expect(await pingsFrom(host, 'web', address)).toBe(true);
      expect(await named(hook)).toEqual([false, false, false]);
      await strict(hook);
      expect(await pingsFrom(host, 'web', address)).toBe(false);
      expect(await named(hook)).toEqual([true, true, true]);
      await strict(hook, `${side} "br-*" accept`);
      expect(await named(hook)).toEqual([false, false, false]);
      await lenient();
    });
  });

  describe('where containers and the host have nothing to do with each other', () => {
    beforeAll(() => apply(withoutHost));

    it.each([
      ['forward', [true, true, true]],
      ['input', [false, false, false]],
      ['output', [false, false, false]],
    ])('are named at hook forward alone: %s', async (hook, expected) => {
      await strict(hook);
      expect(await named(hook)).toEqual(expected);
      await lenient();
    });
  });

  it.skipIf(!bridgeNetfilter)(
    'cut containers of one bridge where its frames pass them, and the doctor says so',
    async () => {
      await must(host, setBridgeNetfilter, '1');
      const doctor = (): Promise<string> => must(host, 'COLUMNS=1000 "$1" doctor', `${checkout}/bin/rc-lxc`);
      const flat = async (): Promise<string> => (await doctor()).replaceAll(/\s+/gu, ' ');
      expect(await flat()).toContain('what stays on a bridge passes the tables of forwarded packets too');
      await strict('forward');
      expect(await pingsFrom(host, 'web', '10.0.3.12')).toBe(false);
      expect(await flat()).toContain('and those between containers of one bridge');
      await must(host, setBridgeNetfilter, '0');
      expect(await pingsFrom(host, 'web', '10.0.3.12')).toBe(true);
      expect(await flat()).not.toContain('bridge passes');
      expect(await flat()).not.toContain('of one bridge');
      await lenient();
    },
  );
});
