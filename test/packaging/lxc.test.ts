import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ThrowawayHost } from '../../src/lab/host.ts';
import { bootGentoo, checkout, portageRefusal, standInForLxc, told } from './support/portage.ts';

const refusal = portageRefusal();
const folder = '/var/db/repos/rc-lxc/app-containers/lxc';
const image = '/var/tmp/portage/app-containers/lxc-6.0.2/image';

const linesOf = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
    .toSorted();

/** What is tested is what the ebuild does itself: over stand-ins for LXC's sources and for Meson. */
describe.skipIf(refusal !== undefined)('the ebuild of LXC, over a stand-in for its build', () => {
  let host: ThrowawayHost;
  beforeAll(async () => {
    host = await bootGentoo(join(checkout, 'ebuild'));
    await standInForLxc(host);
    await told(host, ['sh', '-ec', `cd ${folder} && USE=verify-sig ebuild lxc-6.0.2.ebuild clean install`]);
  });
  afterAll(async () => host.stop());

  it('installs services that can be executed, their settings, and the link to our script', async () => {
    const { stdout } = await told(host, ['find', `${image}/etc`, '!', '-type', 'd', '-printf', '%M %P -> %l\n']);
    expect(linesOf(stdout)).toEqual([
      '-rw-r--r-- conf.d/lxc ->',
      '-rw-r--r-- conf.d/lxc-containers ->',
      '-rwxr-xr-x init.d/lxc-containers ->',
      '-rwxr-xr-x init.d/lxc-net ->',
      'lrwxrwxrwx init.d/lxc -> rc-lxc',
    ]);
  });

  it('gives completions a name that LXD has not', async () => {
    const { stdout } = await told(host, [
      'find',
      `${image}/usr/share/bash-completion`,
      '!',
      '-type',
      'd',
      '-printf',
      '%P %l\n',
    ]);
    expect(linesOf(stdout)).toEqual(['completions/lxc-start', 'completions/lxc-stop lxc-start']);
  });

  it('builds no systemd units, no multicall binary and nothing of D-Bus', async () => {
    const options = (await host.readFile('/var/tmp/meson.options')).split('\n');
    for (const option of [
      '-Ddbus=false',
      '-Dinit-script=sysvinit',
      '-Dtools-multicall=false',
      '-Dseccomp=true',
      '-Dpam-cgroup=false',
    ])
      expect(options).toContain(option);
  });

  it('has what its services run, which LXC installs with services only', async () => {
    const { stdout } = await told(host, [
      'find',
      `${image}/usr/libexec/lxc`,
      '-type',
      'f',
      '-perm',
      '-u+x',
      '-printf',
      '%f ',
    ]);
    expect(stdout).toContain('lxc-net ');
    expect(stdout).toContain('lxc-containers ');
  });

  it('is in one order with our services: the bridge, then containers', async () => {
    await told(host, [
      'sh',
      '-ec',
      `
      make --silent -C ${checkout} install-host PREFIX=/usr
      cp -a ${image}/etc/init.d/. /etc/init.d/ && ln -s lxc /etc/init.d/lxc.foo
      rc-update -q add lxc-net default && rc-update -q add lxc-containers default && rc-update -q add lxc.foo default`,
    ]);
    const { stdout: order } = await told(host, [
      'sh',
      '-c',
      'PATH=$PATH:/lib/rc/bin:/usr/lib/rc/bin:/usr/libexec/rc/bin rc-depend -t ineed -t iuse -t iafter lxc.foo lxc-containers lxc-net',
    ]);
    const services = order.trim().split(/\s+/u);
    expect(services.indexOf('lxc-net')).toBeLessThan(services.indexOf('lxc.foo'));
    expect(services.indexOf('lxc-net')).toBeLessThan(services.indexOf('lxc-containers'));
  });

  it('says of its bridge what is true: whether it is there', async () => {
    await host.sh('echo USE_LXC_BRIDGE=false >/etc/default/lxc-net');
    const { stdout, stderr, exitCode } = await host.run(['rc-service', 'lxc-net', 'start']);
    expect(stdout + stderr).toContain('there is no bridge: USE_LXC_BRIDGE="true"');
    expect(exitCode).toBe(1);
    await host.sh('printf "USE_LXC_BRIDGE=true\\nLXC_BRIDGE=lxcbr7\\nLXC_ADDR=10.9.8.1\\n" >/etc/default/lxc-net');
    await told(host, ['rc-service', 'lxc-net', 'start']);
    expect(await host.exists('/sys/class/net/lxcbr7')).toBe(true);
    await told(host, ['rc-service', 'lxc-net', 'stop']);
  });
});
