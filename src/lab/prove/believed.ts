import { groupBy } from '../../base/group.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { Field } from './assault.ts';

/**
 * What the host's own kernel has come to believe of attacks, by container and interface: neighbours that are not who
 * they say, hardware addresses learned on the port of another, routes and addresses of a made-up router.
 */
export async function believedByHost({ model, endpoints }: Field): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const state = await endpoints.get('host')?.state({ forwarding: true });
  if (state === undefined) return new Map();
  const found: (readonly [who: string, kind: string])[] = [];
  const byMac = new Map(interfaces(model).map((each) => [each.nic.mac, each]));
  for (const { dst, lladdr } of state.neighbours) {
    const attacker = byMac.get(lladdr ?? '');
    if (attacker === undefined || attacker.addresses.includes(dst)) continue;
    found.push([attacker.id, dst.includes(':') ? 'ND poisoning' : 'ARP poisoning']);
  }
  const byPort = new Map(interfaces(model).map((each) => [each.nic.hostName, each]));
  for (const { mac, ifname } of state.forwarding ?? []) {
    const attacker = byPort.get(ifname);
    // Multicast groups are joined on each port.
    if (attacker === undefined || /^.[13579bdf]/u.test(mac)) continue;
    if (mac !== attacker.nic.mac && mac !== attacker.nic.hostMac) found.push([attacker.id, 'MAC flood']);
  }
  for (const { dev, protocol } of state.routes) {
    const attacker = byPort.get(dev ?? '') ?? interfaces(model).find(({ link }) => link !== undefined && link === dev);
    if (attacker !== undefined && protocol === 'ra') found.push([attacker.id, 'rogue RA']);
  }
  return new Map(
    Array.from(
      groupBy(found, ([who]) => who),
      ([who, all]) => [who, new Set(all.map(([, kind]) => kind))],
    ),
  );
}

function interfaces({ containers, networkByName }: HostModel) {
  return containers.flatMap(({ name, nics, spoofCheck }) =>
    nics.map((nic) => ({
      id: `${name}\n${nic.name}`,
      nic,
      link: networkByName.get(nic.network)?.link,
      addresses: [...nic.senders4, ...nic.senders6],
      spoofCheck,
    })),
  );
}
