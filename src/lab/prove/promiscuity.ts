import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { typeOf } from '../../networks/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { KernelOption } from '../../networks/types.ts';
import { neededOptions } from './adapt.ts';
import type { Field } from './assault.ts';
import type { PromiscuityReport } from './report.ts';
import type { Segment } from './world.ts';

/**
 * Whether each card of the host's receives every frame on its wire, as it is and once root in every container has asked
 * for it on its interfaces. `realCards`: they filter addresses as a network card does; a veth pair in its place goes
 * promiscuous wherever somebody adds a hardware address.
 */
export async function promiscuityOf(
  field: Field,
  realCards: boolean,
  has: (option: KernelOption) => boolean,
): Promise<{ readonly rows: readonly PromiscuityReport[]; readonly problems: readonly Problem[] }> {
  const before = await promiscuous(field);
  await askAll(field, 'on');
  const asked = await promiscuous(field);
  await askAll(field, 'off');
  const rows = field.world.segments.flatMap((segment) => {
    const { card } = segment;
    const all = [...segment.users, ...behind(field.model, card)];
    const promised = promisedOf(field.model, all);
    return all.flatMap((name): PromiscuityReport[] => {
      const network = field.model.networkByName.get(name);
      if (network === undefined || promised === undefined || !before.has(card)) return [];
      if (typeOf(network).promiscuous(network) === undefined) return [];
      const shown = shows(field, segment, realCards) || before.get(card) === false;
      const found = { seen: before.get(card) === true, seenAsked: asked.get(card) === true };
      return [{ card, network: name, ...promised, ...(shown ? found : {}) }];
    });
  });
  return { rows, problems: rows.flatMap((row) => problemOf(field, row, has)) };
}

/** Networks that say of the uplinks what becomes of them, and are on no card themselves. */
function behind({ host, networks }: HostModel, card: string): readonly string[] {
  if (!host.uplinks.includes(card)) return [];
  return networks.filter((network) => typeOf(network).hostRoutes === true).map(({ name }) => name);
}

/** What the networks on one card promise of it: one that makes it promiscuous does so for all. Undefined where none says. */
function promisedOf(
  model: HostModel,
  names: readonly string[],
): Pick<PromiscuityReport, 'promised' | 'promisedAsked'> | undefined {
  const used = new Set(model.containers.flatMap(({ nics }) => nics.map(({ network }) => network)));
  const all = names.flatMap((name) => {
    const network = model.networkByName.get(name);
    const promised = network && typeOf(network).promiscuous(network);
    if (network === undefined || promised === undefined) return [];
    // Nobody asks where there is nobody.
    const asked = used.has(name) && typeOf(network).promiscuousWhenAsked?.(network) === true;
    return [{ promised, asked: promised || asked }];
  });
  if (all.length === 0) return undefined;
  return { promised: all.some(({ promised }) => promised), promisedAsked: all.some(({ asked }) => asked) };
}

/** What a stand-in says of types that give a card further hardware addresses means nothing. */
function shows({ model }: Field, { users }: Segment, realCards: boolean): boolean {
  if (realCards) return true;
  const sharing = model.networks.filter(({ name }) => users.includes(name));
  return !sharing.some((other) =>
    model.containers.some(({ nics }) =>
      nics.some((nic) => {
        if (nic.network !== other.name) return false;
        const attachment = typeOf(other).attachment(other, nic);
        return attachment.kind === 'parent' && attachment.own === 'mac';
      }),
    ),
  );
}

async function promiscuous({ endpoints, world }: Field): Promise<ReadonlyMap<string, boolean>> {
  const cards = new Set(world.segments.map(({ card }) => card));
  const state = await endpoints.get('host')?.state();
  return new Map(
    (state?.links ?? [])
      .filter(({ ifname }) => cards.has(ifname))
      .map(({ ifname, promiscuity }) => [ifname, promiscuity > 0]),
  );
}

async function askAll({ model, endpoints }: Field, on: 'on' | 'off'): Promise<void> {
  const all = model.containers.flatMap(({ name, nics }) => nics.map((nic) => ({ name, nic })));
  await Promise.all(
    all.map(async ({ name, nic }) => {
      await endpoints.get(name)?.ip('link', 'set', nic.name, 'promisc', on);
    }),
  );
}

function problemOf(
  { place, model }: Field,
  { card, network, promised, promisedAsked, seen, seenAsked }: PromiscuityReport,
  has: (option: KernelOption) => boolean,
): readonly Problem[] {
  if (seen === undefined || (seen === promised && seenAsked === promisedAsked)) return [];
  const its = model.networkByName.get(network);
  const lacking = its && neededOptions(its).find((option) => !has(option));
  const when = seen === promised ? ' once root in a container asks for it' : '';
  const is = (seen === promised ? promisedAsked : promised) ? 'is not promiscuous' : 'is promiscuous';
  return [
    problem('lab-promiscuous', `${network}: ${card} ${is}${when}; type ${its?.type ?? ''} promises otherwise`, {
      where: place('network', network, 'promiscuous'),
      hint:
        lacking === undefined
          ? 'the types routed and macvlan leave a card as it is'
          : `this kernel has no ${lacking.name}: ${lacking.why}; promiscuous = yes says that it may`,
    }),
  ];
}
