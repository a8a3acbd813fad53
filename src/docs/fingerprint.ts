import { createHash } from 'node:crypto';

import { hostLinks } from '../networks/index.ts';
import { desiredTree } from '../outputs/index.ts';
import type { HostModel } from '../resolve/model.ts';
import type { FormHost } from './form-hosts.ts';

/** A network of a type, and the host that it is in. */
type Subject = Pick<FormHost, 'type' | 'network' | 'model'>;

/** What the type promises in this form, and all that it writes for the host of the model. */
function contents({ type, network, model }: Subject): unknown {
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
export function fingerprint(subject: Subject): string {
  return createHash('sha256')
    .update(JSON.stringify(contents(subject), ordered))
    .digest('hex');
}
