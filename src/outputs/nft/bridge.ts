import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import { hasPorts, isInner } from '../../resolve/policy.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { countingRules, declareLog } from './counting.ts';
import { isolationChains } from './isolation.ts';
import { addContainerAddresses, addLimited, asksForOutside, statelessChains } from './limits.ts';
import { addGroupSets } from './policy-ranges.ts';
import { addPolicySets, addressType, families, isLinkLocal, sendersOf } from './policy-sets.ts';
import { NftSets } from './sets.ts';
import { addPortMac, addSources } from './sources.ts';
import { judges, nftPart, noText, parts } from './texts.ts';
import type { Written } from '../render.ts';

interface Port {
  readonly nic: PolicyNic;
  readonly port: string;
}

const template = nftPart('nftables/bridge');

/** The table of the family bridge; undefined where no container is on one. */
export function bridgeTable(model: HostModel, nics: readonly PolicyNic[]): Written | undefined {
  const ports = nics.flatMap((nic): Port[] =>
    nic.attachment.kind === 'port' ? [{ nic, port: nic.attachment.port }] : [],
  );
  if (ports.length === 0) return undefined;
  const own = ports.map(({ nic }) => nic);
  const unchecked = own.some(({ container }) => !container.spoofCheck);
  const sets = new NftSets();
  const wires = wiresOf(model);
  for (const port of ports) {
    addPort(sets, port, unchecked);
    addPlace(sets, port.nic, wires);
  }
  addBroadcasts(sets, own);
  addLimited(sets, own, 'port');
  addPolicySets(sets, model, { own, by: 'port', stateless: true });
  const chains = families.flatMap((family) => [
    ...isolationChains(sets, own, family),
    ...statelessChains(sets, model, family, 'port'),
  ]);
  if (asksForOutside(sets)) addContainerAddresses(sets, model);
  const counting = countingRules(sets, [
    ['iifname', 'port_names'],
    ['oifname', 'port_names'],
  ]);
  if (model.host.logDrops) declareLog(sets);
  const has = (name: string): boolean => sets.has(name);
  return sets.resolve(
    template({
      has,
      unchecked,
      wires,
      log: model.host.logDrops,
      counting,
      checked: unchecked ? 'checked_ports' : 'port_names',
      checks: has('port_macs'),
      sets: parts.sets({ sets: sets.all() }),
      sources: has('port_macs')
        ? parts.sources({
            has,
            key: 'iifname',
            byMac: false,
            arpMac: 'iifname . arp saddr ether != @port_macs',
            pass: 'accept',
            options: true,
          })
        : noText,
      ...judges(has, 'port'),
      chains: parts.chains({ chains }),
    }),
  );
}

/** Ports that are checked stand in a set of their own only where others are not. */
function addPort(sets: NftSets, { nic, port }: Port, unchecked: boolean): void {
  const { container, network } = nic;
  const [quoted, name] = [quoteNftInterface(port), container.name];
  const type = ['type ifname'];
  sets.add('port_names', type, name, quoted);
  if (network.isolate) sets.add('isolated_ports', type, name, quoted);
  addGroupSets(sets, nic, port);
  if (network.dhcp) sets.add('dhcp_ports', type, name, quoted);
  if (!container.spoofCheck) return;
  if (unchecked) sets.add('checked_ports', type, name, quoted);
  addPortMac(sets, nic, port);
  addSources(sets, nic, { type: 'ifname', field: 'iifname', value: quoted });
}

/** A bridge that has cards among its ports, beside others that have: a router outside may be on the wires of both. */
interface Wire {
  readonly network: string;
  /** nft's text for the cards of the other bridges. */
  readonly others: string;
}

function wiresOf({ networks }: HostModel): readonly Wire[] {
  const wired = networks.filter((network) => hasPorts(network) && !isInner(network));
  if (wired.length < 2) return [];
  return wired.map(({ name }) => {
    const cards = wired.filter((other) => other.name !== name).flatMap(({ ports }) => ports);
    return { network: name, others: `{ ${cards.map((card) => quoteNftInterface(card)).join(', ')} }` };
  });
}

/** Nobody but the container sends from its addresses; from the wire of another bridge a router may hand on what it sent. */
function addPlace(sets: NftSets, nic: PolicyNic, wires: readonly Wire[]): void {
  const { container, network } = nic;
  if (!container.spoofCheck) return;
  const wire = wires.find((one) => one.network === network.name);
  for (const family of families) {
    const name = wire === undefined ? `port_addresses${family}` : `wire_addresses${family}_${wire.network}`;
    for (const address of sendersOf(nic, family).filter((one) => !isLinkLocal(one)))
      sets.add(name, [`type ${addressType(family)}`], container.name, quoteNftAddress(address));
  }
}

function addBroadcasts(sets: NftSets, own: readonly PolicyNic[]): void {
  for (const { network } of own) {
    if (network.broadcast4 === undefined) continue;
    sets.add('broadcast_addresses', ['type ipv4_addr'], network.name, quoteNftAddress(network.broadcast4));
  }
}
