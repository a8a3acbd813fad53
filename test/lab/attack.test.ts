import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { addContainer } from './support/containers.ts';
import { deaf, initLine, makeInit } from './support/fake-init.ts';
import { checkout, describeLab } from './support/lab.ts';
import { must, rc } from './support/service.ts';

/** Links of the guest's, each to the next by a path that is nearly as long as a link can be. */
const longLinks = `
padding=$(printf './%.0s' $(seq 2000)) number=1
rm -f "$1/sbin/init" && ln -s /l1 "$1/sbin/init"
while [ "$number" -lt 38 ]; do
	ln -s "/l$((number + 1))/$padding" "$1/l$number"
	number=$((number + 1))
done
mkdir "$1/l38"`;

describeLab('root in a container against the host', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost({ cgroup: 'v2-only' });
    await installShell(host, checkout);
  });
  afterAll(() => host.stop());

  it('cannot have the host’s terminal do anything by the name of its init', async () => {
    const service = await addContainer(host, 'escape', { config: [initLine], settings: { lxc_stop_timeout: '1' } });
    await makeInit(host, '/var/lib/lxc/escape/rootfs', '/usr/bin/\u{1B}]0;title\u{7}\nstatus: started', deaf);
    const said = [
      await rc(host, service, 'checkconfig'),
      await rc(host, service, 'start'),
      await rc(host, service, 'stop'),
    ];
    for (const { text, exitCode } of said) {
      expect(exitCode).toBe(0);
      expect(text).not.toMatch(/(?!\n)\p{Cc}|^status: started/mu);
    }
    expect(said[2]?.text).toContain('(a program with an odd name): killing it');
  });

  it('cannot keep the host busy with links that make an endless path', async () => {
    const service = await addContainer(host, 'links');
    await must(host, longLinks, '/var/lib/lxc/links/rootfs');
    const { text, milliseconds } = await rc(host, service, 'checkconfig', { timeoutMs: 30_000 });
    expect(text).toContain('halts on signal TERM (unknown)');
    expect(milliseconds).toBeLessThan(5000);
  });
});
