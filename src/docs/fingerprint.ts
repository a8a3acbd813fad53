import { createHash } from 'node:crypto';

import { hostLinks } from '../networks/index.ts';
import type { NetworkType } from '../networks/types.ts';
import { desiredTree } from '../outputs/index.ts';
import type { HostModel, NetworkModel } from '../resolve/model.ts';
import { formNetwork } from './form-hosts.ts';
import type { FormHost } from './form-hosts.ts';

/** What the type promises in this form, and all that it writes for the host of the model. */
function contents(type: NetworkType, network: NetworkModel, model: HostModel): unknown {
  const nics = model.containers.flatMap((container) => container.nics.filter((nic) => nic.network === network.name));
  return {
    reach: [type.reach(network, 4), type.reach(network, 6)],
    promiscuous: type.promiscuous(network) ?? null,
    promiscuousWhenAsked: type.promiscuousWhenAsked?.(network) ?? null,
    holds: type.holds(network),
    lxcLines: nics.map((nic) => type.lxcLines(network, nic)),
    hostLinks: hostLinks(model).map(({ link }) => link),
    sysctls: type.sysctls(network, model.host.uplinks),
    rules: rulesOf(model),
  };
}

/** Comments say what rules are for: they let nothing through. */
function rulesOf(model: HostModel): unknown {
  return desiredTree(model).files.flatMap((file) =>
    file.kind === 'file' && file.path.endsWith('.nft')
      ? [[file.path, file.content.split('\n').filter((line) => !/^\s*(?:#|$)/u.test(line))]]
      : [],
  );
}

/** The same whatever the order in which properties were written; the order of lists counts, as it does for LXC. */
function ordered(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [two]) => (one < two ? -1 : 1)));
}

/**
 * SHA-256, in hexadecimal, over what a type promises of a network and what it writes for the model that the network is
 * in: reach, promiscuity, what is held, LXC lines, the host's interfaces, kernel parameters and packet rules.
 */
export function fingerprint(type: NetworkType, network: NetworkModel, model: HostModel): string {
  return createHash('sha256')
    .update(JSON.stringify(contents(type, network, model), ordered))
    .digest('hex');
}

/** That of a form, over the host that it is measured by. */
export function formFingerprint({ type, label, model }: FormHost): string {
  const network = model.networkByName.get(formNetwork);
  if (network === undefined) throw new Error(`${label}: no network ${formNetwork}`);
  return fingerprint(type, network, model);
}
