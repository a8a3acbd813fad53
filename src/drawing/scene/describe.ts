import type { HostModel } from '../../resolve/model.ts';
import type { Hub } from './hubs.ts';
import { counted, enumerated, nameRanges } from './names.ts';
import type { Ways } from './ways.ts';

/** So many names are read out. */
const most = 5;

/** What the drawing shows, for who does not see it. */
export function describe(model: HostModel, hubs: readonly Hub[], ways: ReadonlyMap<string, Ways>): string {
  const { name, uplinks } = model.host;
  const named = hubs.filter(({ networks }) => networks.length > 0);
  const by = uplinks.length === 0 ? '' : ` with the uplink ${enumerated(uplinks)}`;
  const what = `The host ${name}${by}, ${counted(model.networks.length, 'network')} and ${counted(model.containers.length, 'container')}.`;
  const says = sentences.flatMap(([one, several, test]) => {
    const found = named.filter(({ id }) => test(ways.get(id)));
    const all = found.flatMap(({ networks }) => networks.map((network) => network.name));
    const names = nameRanges(all);
    const shown = names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names;
    return names.length === 0 ? [] : [`${enumerated(shown)} ${all.length === 1 ? one : several}`];
  });
  return says.length === 0 ? what : `${what} Of the networks, ${says.join('; ')}.`;
}

type Test = (ways: Ways | undefined) => boolean;

const sentences: readonly (readonly [one: string, several: string, Test])[] = [
  ['is reached from outside', 'are reached from outside', (ways) => ways?.fromOutside === true],
  [
    'opens connections outside and gets none from there',
    'open connections outside and get none from there',
    (ways) => ways?.fromOutside === false && ways.toOutside,
  ],
  [
    'has to do with the host alone',
    'have to do with the host alone',
    (ways) => ways?.fromOutside === false && !ways.toOutside && (ways.fromHost || ways.toHost),
  ],
  [
    'is cut off from the host and the outside',
    'are cut off from the host and the outside',
    (ways) => ways !== undefined && !ways.fromOutside && !ways.toOutside && !ways.fromHost && !ways.toHost,
  ],
];
