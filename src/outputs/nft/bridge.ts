import { quoteNftAddress, quoteNftInterface } from '../../base/quote/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { PolicyNic } from '../../resolve/policy.ts';
import { countByPort, declareLog } from './counting.ts';
import { isolationChains } from './isolation.ts';
import { addContainerAddresses, addLimited, asksForOutside, families, statelessChains } from './limits.ts';
import { addGroupSets, addPolicySets, addressType, sendersOf } from './policy-sets.ts';
import { NftSets } from './sets.ts';
import { addPortMac, addSources } from './sources.ts';
import { nftPart, noText, parts } from './texts.ts';
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
  const sets = new NftSets();
  for (const port of ports) addPort(sets, port);
  addBroadcasts(sets, own);
  addLimited(sets, own);
  addPolicySets(sets, model, { own, host: false });
  const chains = families.flatMap((family) => [
    ...isolationChains(sets, own, family),
    ...statelessChains(sets, model, family),
  ]);
  if (asksForOutside(sets)) addContainerAddresses(sets, model);
  if (model.host.logDrops) declareLog(sets);
  const has = (name: string): boolean => sets.has(name);
  return template({
    has,
    unchecked: own.some(({ container }) => !container.spoofCheck),
    log: model.host.logDrops,
    sets: parts.sets({ sets: sets.all() }),
    sources: has('checked_ports')
      ? parts.sources({
          has,
          key: 'iifname',
          arpMac: 'iifname . arp saddr ether != @port_macs',
          pass: 'accept',
          options: true,
        })
      : noText,
    judge4: parts.stateless({ has, family: 4, f: '4', leaving: '' }),
    judge6: parts.stateless({ has, family: 6, f: '6', leaving: '' }),
    chains: parts.chains({ chains }),
  });
}

function addPort(sets: NftSets, { nic, port }: Port): void {
  const { container, network } = nic;
  const [quoted, name] = [quoteNftInterface(port), container.name];
  const type = ['type ifname'];
  sets.add('port_names', type, name, quoted);
  if (network.isolate) sets.add('isolated_ports', type, name, quoted);
  countByPort(sets, nic, port);
  addGroupSets(sets, nic, port);
  if (network.dhcp) sets.add('dhcp_ports', type, name, quoted);
  if (!container.spoofCheck) return;
  sets.add('checked_ports', type, name, quoted);
  addPortMac(sets, nic, port);
  addSources(sets, nic, { type: 'ifname', field: 'iifname', value: quoted });
  for (const family of families) {
    for (const address of sendersOf(nic, family)) {
      sets.add(`port_addresses${family}`, [`type ${addressType(family)}`], name, quoteNftAddress(address));
    }
  }
}

function addBroadcasts(sets: NftSets, own: readonly PolicyNic[]): void {
  for (const { network } of own) {
    if (network.broadcast4 === undefined) continue;
    sets.add('broadcast_addresses', ['type ipv4_addr'], network.name, quoteNftAddress(network.broadcast4));
  }
}
