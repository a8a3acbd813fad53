import { hasErrors } from '../base/errors.ts';
import { formatProblems } from '../base/report.ts';
import { formKeys, inForm } from '../networks/forms.ts';
import { exampleNetwork, formLabel } from '../networks/type-forms.ts';
import { networkTypes } from '../networks/index.ts';
import type { Form, NetworkType } from '../networks/types.ts';
import type { HostFacts, HostModel, NetworkModel } from '../resolve/model.ts';
import { resolve } from '../resolve/resolve.ts';
import { parseSource } from '../source/parse.ts';

/** The host's uplink, and another card for what cannot share it. */
export const uplink = 'eth0';
const other = 'eth1';

/** What descriptions are written for, where no machine is at hand. */
const plainFacts: HostFacts = { installedLxc: '7.0.0', netifrc: false };

/** How many containers there are on which card: the first that no rule refuses. */
export const tries = [uplink, other].flatMap((card) => [2, 1].map((containers) => ({ card, containers })));

/** A form of a network type, with the description that it is measured by. */
export interface FormHost {
  readonly type: NetworkType;
  readonly label: string;
  readonly text: string;
  /** The same with nothing checked of what containers send. */
  readonly unchecked: string;
  readonly model: HostModel;
  /** The one that is measured. */
  readonly network: NetworkModel;
}

/** Names the network of each description. */
const formNetwork = 'n';

/**
 * A host of two families for every form of every type, in their order.
 * @throws Error for a form that the rules refuse in every shape that is tried.
 */
export function formHosts(types: readonly NetworkType[] = networkTypes): readonly FormHost[] {
  return types.flatMap((type) => type.forms.map((form) => formHost(type, form)));
}

function formHost(type: NetworkType, form: Form): FormHost {
  const label = formLabel({ type: type.name, keys: formKeys(form, uplink) });
  let refused = '';
  for (const { card, containers } of tries) {
    const text = description(type, form, card, containers);
    const { model, problems } = resolve(parseSource([{ path: 'host.ini', text }]), plainFacts);
    const network = model?.networkByName.get(formNetwork);
    if (model !== undefined && network !== undefined && !hasErrors(problems)) {
      const unchecked = description(type, form, card, containers, 'spoof-check = no\n');
      return { type, label, text, unchecked, model, network };
    }
    refused ||= formatProblems(problems);
  }
  throw new Error(`${label}:\n${refused}`);
}

function description(type: NetworkType, form: Form, card: string, containers: number, more = ''): string {
  const network = [`type = ${type.name}`, ...networkLines(type, form, card)];
  // In the host's own network root of another user namespace has no rights.
  const shares = type.sharesHost === true ? 'user-namespace = no\n' : '';
  const each = Array.from(
    { length: containers },
    (_, at) => `[container c${at + 41}]\nid = ${at + 41}\nnetwork = ${formNetwork}\n${shares}${more}`,
  );
  return [
    `[host]\nname = measured\nuplink = ${uplink}\nipv4 = 192.0.2.10\nipv6 = 2001:db8::10\nlinks = iproute2\n`,
    `[network ${formNetwork}]\n${network.join('\n')}\n`,
    ...each,
  ].join('\n');
}

/** On the uplink's wire a network has addresses of that; on another card, and inside the host, prefixes of its own. */
function networkLines(type: NetworkType, form: Form, card: string): readonly string[] {
  const keys = formKeys(form, card);
  const network = inForm(exampleNetwork, type, form, card);
  const isOnWire = type.isOnWire(network);
  const isHosts = isOnWire && card === uplink && network.vlan === undefined;
  // Inside the host some are masqueraded; the others have what the router outside has a route to.
  const [four, six] = isHosts ? ['192.0.2', '2001:db8::'] : ['198.51.100', '2001:db8:1::'];
  const own = network.ports.length > 0 ? '10' : '2';
  const isIn = network.link !== undefined;
  const all: Readonly<Record<string, string>> = {
    ipv4: `${four}.${isIn ? own : '0'}/24`,
    ipv6: `${six}${isIn ? own : ''}/64`,
    ...(isIn && !isOnWire ? {} : { gateway: `${four}.1, ${six}1` }),
    parent: card,
    ...keys,
  };
  return Object.entries(all).flatMap(([key, value]) => (type.keys.includes(key) ? [`${key} = ${value}`] : []));
}
