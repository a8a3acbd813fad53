import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabReport } from '../../src/lab/prove/report.ts';
import { bootVirtualMachine, vmRefusal, type VirtualMachine } from '../../src/lab/vm.ts';
import { checkout } from './support/lab.ts';
import { findings, modelOf, unmeasured } from './support/prove.ts';

/** The host's own address is in the same network as those of its containers. */
const host = `[host]
name = excelsior
uplink = eth0
ipv4 = 192.0.2.10
ipv6 = 2001:db8::10
links = iproute2
`;

const wire = `ipv4 = 192.0.2.0/24
ipv6 = 2001:db8::/64
gateway = 192.0.2.1, 2001:db8::1
`;

const container = (id: number): string => `[container c${String(id)}]\nid = ${String(id)}\nnetwork = shared\n`;

const ipvlan = `${host}[network shared]\ntype = ipvlan\nmode = l2\nparent = eth0\n${wire}${container(21)}${container(22)}`;

/** Behind the host's card, which the router outside has a route through. */
const behind = (mode: string, containers: string): string => `${host}[network shared]
type = ipvlan
mode = ${mode}
parent = eth0
ipv4 = 198.51.100.0/24
ipv6 = 2001:db8:1::/64
gateway = 198.51.100.1, 2001:db8:1::1
${containers}`;

const l3 = behind('l3', container(21) + container(22));
const l3s = behind('l3s', container(21) + container(22));
/** Alone, since what containers of one card send each other never leaves the driver, and is not held. */
const limited = behind('l3', `${container(21)}allow-in = host:80/tcp, host:53/udp, outside:81/tcp\n`);

/** Beside a network that is the host's own, where the host gets in and who is elsewhere does not. */
const beside = `${behind('l3', container(21))}[network inner]
type = bridge
nat = yes
ipv4 = 10.0.0.1/24
ipv6 = fd00::1/64
${['31', '32'].map((id) => `[container c${id}]\nid = ${id}\nnetwork = inner\n`).join('')}allow-in = host:80/tcp
`;

const macvlan = `${host}[network shared]\ntype = macvlan\nmode = bridge\nparent = eth0\n${wire}${container(21)}${container(22)}`;

const bridge = `${host}[network shared]
type = bridge
ports = eth0
ipv4 = 192.0.2.10/24
ipv6 = 2001:db8::10/64
gateway = 192.0.2.1, 2001:db8::1
${container(21)}${container(22)}`;

const vlan = `${host}[network shared]
type = vlan
vlan = 42
parent = eth0
ipv4 = 192.168.7.0/24
ipv6 = fd00:0:0:7::/64
gateway = 192.168.7.1, fd00:0:0:7::1
${container(21)}`;

const support = join(import.meta.dirname, 'support');

const refusal = vmRefusal();
if (refusal !== undefined) process.stderr.write(`\nSKIPPED: the lab in the virtual machine: this machine ${refusal}\n`);

describe.skipIf(refusal !== undefined)('the lab in the virtual machine', { timeout: 400_000 }, () => {
  let machine: VirtualMachine;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prove-vm-'));
    for (const [name, text] of Object.entries({ ipvlan, l3, l3s, limited, beside, macvlan, bridge, vlan }))
      writeFileSync(join(folder, name), text);
    machine = await bootVirtualMachine({ folders: [folder] });
  }, 200_000);
  afterAll(async () => {
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const lab = async (name: string): Promise<LabReport> => {
    const argv = [`${checkout}/bin/rc-lxc`, 'lab', '--json', '-c', join(folder, name)];
    const { stdout, stderr } = await machine.run(argv, { timeoutMs: 380_000 });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as LabReport;
  };

  const expectPromises = async (name: string, source: string, missing: readonly string[] = []): Promise<void> => {
    const report = await lab(name);
    expect(findings(report)).toEqual([]);
    expect(report.machine.virtual).toBe(true);
    expect(report.attacks.filter(({ held, reached }) => held && reached.length > 0)).toEqual([]);
    expect(report.attacks.length).toBeGreaterThan(10);
    expect(unmeasured({ model: modelOf(source), report }, true)).toEqual(missing);
  };

  it('sees what an ipvlan promises, its card quiet', () => expectPromises('ipvlan', ipvlan));

  it('sees what an ipvlan in mode l3 promises, its card quiet', () => expectPromises('l3', l3));

  it('sees what an ipvlan in mode l3s promises, its card quiet', () => expectPromises('l3s', l3s));

  it('sees that the host comes back by the router, to what allow-in of an ipvlan names and with its answers', () =>
    expectPromises('limited', limited, ['shared 4 containers', 'shared 6 containers']));

  it('sees that an ipvlan in mode l3 gets into an inner bridge as who it is, and not as the host', () =>
    expectPromises('beside', beside, ['shared 4 containers', 'shared 6 containers']));

  it('sees what a macvlan promises, its card quiet until root inside asks', () => expectPromises('macvlan', macvlan));

  it('sees that a bridge leaves its card alone', () => expectPromises('bridge', bridge));

  it('sees what a VLAN promises', () =>
    // The host has no address in the VLAN: it is met by the router outside.
    expectPromises(
      'vlan',
      vlan,
      ['4 toHost', '4 fromHost', '6 toHost', '6 fromHost'].map((key) => `shared ${key}`),
    ));

  it('sees that a VLAN is left with no other tag and under no other source', async () => {
    const argv = [process.execPath, '--disable-warning=ExperimentalWarning', join(support, 'tags-on-card.ts')];
    const { stdout, stderr } = await machine.run(argv, { timeoutMs: 380_000 });
    const markers = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as string[]]));
    const [unfiltered, ...held] = markers;
    expect(unfiltered, stderr).toHaveLength(11);
    expect(held).toHaveLength(2);
    for (const arrived of held) expect(arrived.filter((marker) => marker !== 'own')).toEqual([]);
  });
});
