import type { Host } from '../host/types.ts';
import { netdevTable } from '../outputs/nft/netdev.ts';
import type { HostModel } from '../resolve/model.ts';
import { policyNics } from '../resolve/policy.ts';
import type { PolicyNic } from '../resolve/policy.ts';

/** Packets of one container that were dropped since the rules were loaded. */
export interface Drops {
  readonly sent: number;
  readonly received: number;
}

interface Counted {
  readonly val: string;
  readonly counter: { readonly packets: number };
}

interface Listed {
  readonly set?: { readonly name: string; readonly elem?: readonly { readonly elem: Counted }[] };
}

/**
 * Every container's drops; undefined when nft cannot be asked: it is not installed, we are not root, or nothing is
 * loaded. A call for each set: nft 1.0.6 finds no second family in one.
 */
export async function drops(host: Host, model: HostModel): Promise<ReadonlyMap<string, Drops> | undefined> {
  if (model.host.firewall !== 'nftables') return undefined;
  const nics = policyNics(model);
  const answers = await Promise.all(
    countingSets(nics).map((set) => host.run(['nft', '-j', 'list', 'set', ...set.split(' ')], { timeoutMs: 60_000 })),
  );
  const found = answers.flatMap((output) =>
    output?.exitCode === 0 ? (JSON.parse(output.stdout) as { readonly nftables: readonly Listed[] }).nftables : [],
  );
  return found.length === 0 ? undefined : sums(found, ownersOf(nics));
}

/** `FAMILY TABLE SET` of the sets that there can be. */
function countingSets(nics: readonly PolicyNic[]): readonly string[] {
  const tables = new Set(
    nics.flatMap(({ attachment }) => {
      const byAddress = ['inet rc-lxc _drops4', 'inet rc-lxc _drops6'];
      switch (attachment.kind) {
        case 'port':
          return ['bridge rc-lxc _drops', ...byAddress];
        case 'routed':
          return ['inet rc-lxc _drops', ...byAddress];
        case 'parent': {
          const own = `netdev ${netdevTable(attachment.parent)} _drops`;
          return [`${own}4`, `${own}6`, ...byAddress];
        }
        case 'none':
          return [];
      }
    }),
  );
  return [...tables].flatMap((table) => ['sent', 'received'].map((side) => table.replace('_drops', `${side}_drops`)));
}

/** Whose interface or address it is. */
function ownersOf(nics: readonly PolicyNic[]): ReadonlyMap<string, string> {
  return new Map(
    nics.flatMap(({ container, nic, attachment }) =>
      [
        ...(attachment.kind === 'port' ? [attachment.port] : []),
        ...(attachment.kind === 'routed' ? [attachment.veth] : []),
        ...nic.senders4,
        ...nic.senders6,
      ].map((key) => [key, container.name] as const),
    ),
  );
}

function sums(found: readonly Listed[], owners: ReadonlyMap<string, string>): ReadonlyMap<string, Drops> {
  const all = new Map<string, Drops>([...new Set(owners.values())].map((name) => [name, { sent: 0, received: 0 }]));
  for (const { set } of found) {
    for (const { elem } of set?.elem ?? []) {
      const name = owners.get(elem.val);
      const before = name === undefined ? undefined : all.get(name);
      if (set === undefined || name === undefined || before === undefined) continue;
      const side = set.name.startsWith('sent_') ? 'sent' : 'received';
      all.set(name, { ...before, [side]: before[side] + elem.counter.packets });
    }
  }
  return all;
}
