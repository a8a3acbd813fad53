import { hasErrors, UserError } from '../src/base/errors.ts';
import { tries, uplink } from '../src/docs/form-hosts.ts';
import { formKeys, inForm } from '../src/networks/forms.ts';
import { networkTypes } from '../src/networks/index.ts';
import { exampleNetwork, formLabel } from '../src/networks/type-forms.ts';
import type { Form, NetworkType } from '../src/networks/types.ts';
import type { HostFacts, HostModel } from '../src/resolve/model.ts';
import { resolve } from '../src/resolve/resolve.ts';
import { parseSource } from '../src/source/parse.ts';

/** A form of a network type: a host with containers in it, or why there is nothing to measure. */
export interface Case {
  readonly type: string;
  readonly label: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly subject: { readonly model: HostModel } | { readonly nothing: string };
}

/** Every form of every type, in their order. */
export function casesOf(facts: HostFacts): readonly Case[] {
  return networkTypes.flatMap((type) => type.forms.map((form) => caseOf(type, form, facts)));
}

function caseOf(type: NetworkType, form: Form, facts: HostFacts): Case {
  const keys = formKeys(form, uplink);
  const network = inForm(exampleNetwork, type, form, uplink);
  const label = formLabel({ type: type.name, keys });
  if (type.sharesHost === true)
    return {
      type: type.name,
      label,
      keys,
      subject: { nothing: 'Nothing lies between its containers and the host’s own network.' },
    };
  if (!Object.values(type.reach(network, 4)).some(Boolean))
    return { type: type.name, label, keys, subject: { nothing: 'It reaches nothing.' } };
  return { type: type.name, label, keys, subject: { model: modelOf(type, form, facts) } };
}

function modelOf(type: NetworkType, form: Form, facts: HostFacts): HostModel {
  const results = tries.map(({ card, containers }) => {
    const section = [`type = ${type.name}`, ...lines(type, form, card)];
    return resolved(description(section, containers, 'nftables'), facts);
  });
  const found = results.find((each) => !(each instanceof UserError));
  if (found instanceof UserError || found === undefined) throw results[0] ?? new Error('nothing was tried');
  return found;
}

/** What the others are compared with: a bridge that the host routes to, without any rule and without NAT. */
export function plainBridge(facts: HostFacts): HostModel {
  const model = resolved(description(['type = bridge', 'ipv4 = 10.0.3.2/24'], 2, 'none'), facts);
  if (model instanceof UserError) throw model;
  return model;
}

/** The keys of the network: on the host's own wire it has addresses of that. */
function lines(type: NetworkType, form: Form, card: string): readonly string[] {
  const keys = formKeys(form, card);
  const network = inForm(exampleNetwork, type, form, card);
  const isOnWire = type.isOnWire(network);
  const prefix = isOnWire && card === uplink && network.vlan === undefined ? '192.0.2' : '10.0.3';
  // A bridge with the uplink in it has the host's own address, and any other interface of the host's one more.
  const own = network.ports.length > 0 ? `${prefix}.10/24` : `${prefix}.2/24`;
  const all: Readonly<Record<string, string>> = {
    ipv4: network.link === undefined ? `${prefix}.0/24` : own,
    ...(network.link === undefined || isOnWire ? { gateway: `${prefix}.1` } : {}),
    parent: card,
    ...keys,
  };
  return Object.entries(all).flatMap(([key, value]) => (type.keys.includes(key) ? [`${key} = ${value}`] : []));
}

function description(network: readonly string[], containers: number, firewall: 'nftables' | 'none'): string {
  const host = `[host]\nname = bench\nuplink = ${uplink}\nipv4 = 192.0.2.10\nlinks = iproute2\nfirewall = ${firewall}\n`;
  const each = Array.from({ length: containers }, (_, at) => `[container c${at + 1}]\nid = ${at + 41}\nnetwork = n\n`);
  return `${host}[network n]\n${network.join('\n')}\n${each.join('')}`;
}

function resolved(text: string, facts: HostFacts): HostModel | UserError {
  const { model, problems } = resolve(parseSource([{ path: 'host.ini', text }]), facts);
  return model === undefined || hasErrors(problems) ? new UserError(problems) : model;
}
