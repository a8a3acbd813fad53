import type { NetworkModel } from '../resolve/model.ts';
import type { Form, NetworkType } from './types.ts';

/** What of a form needs a card: the card's name stands in the place of this. */
const marker = 'CARD';

/** The keys of a form with the name of a card in them. */
export function formKeys(form: Form, card: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, value.replace(marker, card)]));
}

/**
 * The network that `like` would be with this type and form: its addresses stay, as far as the type has them; the
 * interfaces of its containers are not looked at. Pure, and no rule is asked whether it would be right.
 */
export function inForm(like: NetworkModel, type: NetworkType, form: Form, card: string): NetworkModel {
  const keys = formKeys(form, card);
  const { ipv4: _4, ipv6: _6, mac: _mac, link: _link, mode: _mode, parent, vlan, ...kept } = like;
  const ports = keys['ports'] === undefined ? [] : [keys['ports']];
  const mode = keys['mode'] ?? type.modes?.[0];
  const hostAccess = keys['host-access'] === 'yes';
  const prefix = type.linkPrefix({ hostAccess });
  const number = keys['vlan'] === undefined ? vlan : Number(keys['vlan']);
  return {
    ...kept,
    type: type.name,
    nat: keys['nat'] === 'yes',
    ports,
    quiet: ports.length > 0 && keys['promiscuous'] !== 'yes',
    hostAccess,
    isolate: like.isolate && type.keys.includes('isolate'),
    dhcp: like.dhcp && type.keys.includes('dhcp'),
    ...(mode === undefined ? {} : { mode }),
    ...(type.keys.includes('parent') ? { parent: keys['parent'] ?? parent ?? card } : {}),
    ...(number === undefined || !type.keys.includes('vlan') ? {} : { vlan: number }),
    ...(prefix === undefined
      ? {}
      : { link: (like.type === type.name ? like.link : undefined) ?? `${prefix}-${like.name}` }),
    ...(prefix === undefined ? {} : hostAddresses(like)),
  };
}

/** The host's own; where it has none there, the prefixes stand for those that it would get. */
function hostAddresses({ ipv4, ipv6, prefix4, prefix6 }: NetworkModel): Pick<NetworkModel, 'ipv4' | 'ipv6'> {
  const four = ipv4 ?? fromPrefix(prefix4);
  const six = ipv6 ?? fromPrefix(prefix6);
  return { ...(four === undefined ? {} : { ipv4: four }), ...(six === undefined ? {} : { ipv6: six }) };
}

function fromPrefix(prefix: string | undefined): NetworkModel['ipv4'] {
  const [address, length] = prefix?.split('/') ?? [];
  return address === undefined ? undefined : { address, length: Number(length) };
}
