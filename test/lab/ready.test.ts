import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import type { Leftovers } from '../../src/lab/leftovers.ts';
import { addContainer, configure } from './support/containers.ts';
import { checkout, describeLab } from './support/lab.ts';
import { expectNothingLeft, settled } from './support/nothing-left.ts';
import { crashed, lxcState, must, rc, rcStatus } from './support/service.ts';

const name = 'slow';
const service = 'lxc.slow';
const rootfs = '/var/lib/lxc/slow/rootfs';

const veth = [
  'lxc.net.0.type = veth',
  'lxc.net.0.link = br0',
  'lxc.net.0.flags = up',
  'lxc.net.0.veth.pair = slow-eth0',
  'lxc.net.0.ipv4.address = 10.0.3.2/24',
];

/** Does what /life says, then waits; the file belongs to each test. */
const init = `trap 'exit 0' TERM PWR\n. /life\nwhile :; do sleep 3600 & wait $!; done\n`;

describeLab('a container that must be ready', () => {
  let host: ThrowawayHost;
  let config: string;
  let empty: Leftovers;

  beforeAll(async () => {
    host = await bootThrowawayHost();
    await installShell(host, checkout);
    await must(host, 'ip link add br0 type bridge; ip addr add 10.0.3.1/24 dev br0; ip link set br0 up');
    await addContainer(host, name, {
      config: ['lxc.init.cmd = /bin/sh /init', ...veth],
      files: { '/init': init, '/life': '' },
    });
    config = await host.readFile('/var/lib/lxc/slow/config');
    await must(host, 'rc-update -u && rc-service lxc.slow start && rc-service lxc.slow stop');
    empty = await settled(host);
  });
  afterAll(() => host.stop());

  const live = (script: string): Promise<void> => host.writeFile(`${rootfs}/life`, script);

  const restore = async (): Promise<void> => {
    await host.writeFile('/var/lib/lxc/slow/config', config);
    await live('');
    await must(host, 'rm -f /var/lib/lxc/slow/rootfs/began /var/lib/lxc/slow/rootfs/ready; rc-service lxc.slow stop');
  };

  it.each([
    { ready: 'tcp:80', life: 'sleep 0.5; httpd -p 80 -h /www &\n', check: 'busybox wget -qO- http://10.0.3.2/' },
    {
      ready: 'exec:[ -e "/the  mark" ]',
      life: 'sleep 0.5; echo >"/the  mark"\n',
      check: `[ -e "${rootfs}/the  mark" ]`,
    },
  ])('starts when $ready holds, and no earlier', async ({ ready, life, check }) => {
    await must(host, 'echo hello >"$1/www/index.html"; rm -f "$1/the  mark"', rootfs);
    await live(life);
    await configure(host, service, { lxc_ready: ready });
    const answer = await rc(host, service, 'start');
    expect(answer).toMatchObject({ exitCode: 0 });
    expect(answer.milliseconds).toBeGreaterThan(500);
    // Well below the next full second: it is polled, and not slept.
    expect(answer.milliseconds).toBeLessThan(1500);
    expect(await host.sh(check)).toMatchObject({ exitCode: 0 });
    expect(await rcStatus(host, service)).toMatch(/^started/u);
    expect(await lxcState(host, name)).toBe('RUNNING');
    await must(host, 'rm -f "$1/the  mark" "$1/www/index.html"', rootfs);
    await restore();
    await expectNothingLeft(host, empty);
  });

  const quick = { lxc_ready_timeout: '1' };
  interface Failure {
    readonly what: string;
    readonly settings?: Readonly<Record<string, string>>;
    readonly life?: string;
    readonly config?: string;
    readonly says: RegExp;
  }
  const failures: readonly Failure[] = [
    {
      what: 'nothing listens',
      settings: { lxc_ready: 'tcp:81', ...quick },
      life: 'httpd -p 80 &\n',
      says: /slow did not start: it was not ready \(tcp:81\) within 1 seconds/u,
    },
    {
      what: 'the command fails',
      settings: { lxc_ready: 'exec:false', ...quick },
      says: /slow did not start: it was not ready \(exec:false\) within 1 seconds/u,
    },
    {
      what: 'the command hangs',
      settings: { lxc_ready: 'exec:sleep 1000', ...quick },
      says: /slow did not start: it was not ready \(exec:sleep 1000\) within 1 seconds/u,
    },
    {
      what: 'it ends before it is ready',
      settings: { lxc_ready: 'tcp:80' },
      life: 'sleep 0.2; exit 3\n',
      says: /slow did not start: its init exited with status 3/u,
    },
    {
      what: 'it has no init',
      config: 'lxc.init.cmd = /sbin/nothing',
      says: /No such file or directory - Failed to exec "\/sbin\/nothing"/u,
    },
    {
      what: 'a hook fails',
      config: 'lxc.hook.start-host = /bin/sh -c "exit 5"',
      says: /did not start: .*[^]*Script exited with status 5\n.*Failed to run lxc\.hook\.start-host/u,
    },
    {
      what: 'a mount fails',
      config: 'lxc.mount.entry = /nowhere tmp none bind 0 0',
      says: /No such file or directory - Failed to mount "\/nowhere"/u,
    },
    {
      what: 'its bridge is missing',
      config: 'lxc.net.0.link = br9',
      says: /did not start: .*[^]*Failed to attach "\S+" to bridge "br9", bridge interface doesn't exist/u,
    },
    {
      what: 'a link is missing that it needs',
      settings: { lxc_links: 'br0 br9' },
      says: /slow needs the host's interface br9, which is not there/u,
    },
    {
      what: 'its configuration does not parse',
      config: 'lxc.nonsense = 1',
      says: /LXC cannot read \/var\/lib\/lxc\/slow\/config:\n.*lxc\.nonsense/u,
    },
    {
      what: 'its rootfs is missing',
      config: 'lxc.rootfs.path = dir:/var/lib/lxc/slow/elsewhere',
      says: /The rootfs of slow is not there: \/var\/lib\/lxc\/slow\/elsewhere/u,
    },
    {
      what: 'a setting makes no sense',
      settings: { lxc_ready: 'soon' },
      says: /lxc_ready is "soon": it must be running, tcp:PORT or exec:COMMAND/u,
    },
    {
      what: 'its firewall is not loaded',
      settings: { lxc_tables: 'inet rc-lxc' },
      says: /The firewall of slow is not loaded: there is no nftables table inet rc-lxc/u,
    },
  ];

  describe.each(['no', 'always'])('restart = %s', (restart) => {
    it.each(failures)('does not start when $what, says why, and leaves nothing', async (failure) => {
      await configure(host, service, { lxc_restart: restart, ...failure.settings });
      await host.writeFile('/var/lib/lxc/slow/config', `${config}${failure.config ?? ''}\n`);
      await live(failure.life ?? '');
      const answer = await rc(host, service, 'start');
      expect(answer).toMatchObject({ exitCode: 1, text: expect.stringMatching(failure.says) });
      expect(answer.milliseconds).toBeLessThan(4000);
      expect(await lxcState(host, name)).toMatch(/^STOPPED$|Failed to load config/u);
      await live('');
      // The log is kept for who wants to know more: it is named in what start has said.
      await must(host, 'rm -rf /run/rc-lxc/lxc.slow.log /run/rc-lxc/lxc.slow.ended');
      await expectNothingLeft(host, empty);
      expect(await rcStatus(host, service)).toBe('stopped');
      expect(await crashed(host)).toEqual([]);
      await restore();
    });

    it('starts once the cause is gone', async () => {
      await configure(host, service, { lxc_restart: restart });
      expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
      expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0 });
      await restore();
      await expectNothingLeft(host, empty);
    });
  });
});
