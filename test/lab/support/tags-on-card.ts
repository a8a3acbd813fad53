/**
 * Run inside the virtual machine, which has VLANs: what root in a container of VLAN 42 gets out of the card that is the
 * parent, once its interface puts no tag on what comes with one. Prints the markers that arrive on the wire, for each
 * kind of card, with our packet filter and without.
 */
import type { Attack } from '../../../src/lab/attacks.ts';
import { cardPairs } from '../../../src/lab/cards.ts';
import { startEndpoint } from '../../../src/lab/endpoint.ts';
import { bootThrowawayHost } from '../../../src/lab/host.ts';
import { addUplink } from '../../../src/lab/network.ts';
import { describeHost } from './describe-host.ts';
import { initPid, must, rc } from './service.ts';

const source = (firewall: string): string => `
[host]
name = excelsior
uplink = eth0
links = iproute2
firewall = ${firewall}

[network shared]
type = vlan
vlan = 42
parent = eth0
ipv4 = 192.168.7.0/24
gateway = 192.168.7.1

[container c21]
id = 21
user-namespace = no
network = shared
`;

const own = '192.168.7.21';
const foreign = '192.168.7.77';
const victim = { mac: 'ff:ff:ff:ff:ff:ff', address: '192.168.7.1' };
const base = { interface: 'eth0', victim, source: own } as const;

const tagged = (marker: string, id: number, more: Pick<Attack, 'toldProtocol'> & { source?: string } = {}): Attack => ({
  ...base,
  attack: 'vlan',
  marker,
  tags: [{ protocol: '802.1Q', id }],
  ...more,
});

const twice = [
  tagged('twice', 42),
  tagged('twice-other', 99),
  tagged('twice-foreign', 42, { source: foreign }),
  tagged('twice-told', 99, { toldProtocol: 0x0800 }),
];

/** Its interface adds no tag to these. */
const once = [
  tagged('own', 42),
  tagged('foreign', 42, { source: foreign }),
  tagged('other', 99),
  tagged('priority', 0),
  tagged('foreign-told', 42, { source: foreign, toldProtocol: 0x0800 }),
  tagged('other-told-arp', 99, { toldProtocol: 0x0806 }),
  tagged('other-told-tag', 99, { toldProtocol: 0x8100 }),
];

async function arriving(firewall: string, cards: ReturnType<typeof cardPairs>[number] | undefined): Promise<string[]> {
  const host = await bootThrowawayHost();
  const uplink = await addUplink(host, cards === undefined ? {} : { cards });
  await describeHost(host, source(firewall));
  const started = await rc(host, 'lxc.c21', 'start');
  if (started.exitCode !== 0) throw new Error(started.text);
  const root = await startEndpoint(host, { pid: await initPid(host, 'c21') });
  const wire = await startEndpoint(host, { namespace: uplink.namespace });
  const sniffing = await wire.sniff({ interface: 'lan' });
  await root.attack(twice);
  await root.ip('link', 'set', 'eth0', 'type', 'vlan', 'reorder_hdr', 'off');
  await root.attack(once);
  await must(host, 'sleep 1');
  const { markers } = await sniffing.stop();
  await host.stop();
  return Object.keys(markers);
}

const [cards] = cardPairs();
for (const [firewall, pair] of [
  ['none', undefined],
  ['nftables', undefined],
  ['nftables', cards],
] as const) {
  process.stdout.write(`${JSON.stringify(await arriving(firewall, pair))}\n`);
}
