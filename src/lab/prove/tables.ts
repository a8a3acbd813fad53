import { groupBy } from '../../base/group.ts';
import { formatTable } from '../../base/table.ts';
import type { AttackRow, PromiscuityReport } from './report.ts';

/** One line for each kind of attack: whom it got through to, where something is to hold it and where nothing can. */
export function attacksText(rows: readonly AttackRow[]): string {
  if (rows.length === 0) return '';
  return formatTable(
    ['ATTACK', 'TRIED BY', 'GOT THROUGH', 'WHERE NOTHING HOLDS IT'],
    Array.from(
      groupBy(rows, ({ attack }) => attack),
      ([attack, all]) => [
        attack,
        String(all.length),
        got(all.filter(({ held }) => held)),
        got(all.filter(({ held }) => !held)),
      ],
    ),
  );
}

function got(rows: readonly AttackRow[]): string {
  const through = rows.filter(({ reached }) => reached.length > 0);
  const [first] = through;
  if (first === undefined) return rows.length === 0 ? '' : 'none';
  return `${through.length} of ${rows.length}: ${first.container} to ${first.reached[0] ?? ''}`;
}

export function promiscuityText(rows: readonly PromiscuityReport[]): string {
  return rows
    .map(({ card, network, promised, promisedAsked, seen, seenAsked }) => {
      const said = seen === undefined ? 'not to be seen on this stand-in; --vm shows it' : yes(seen);
      const asked =
        seenAsked === undefined || seenAsked === seen
          ? ''
          : `, and ${yes(seenAsked)} once root in a container asks for it`;
      const promise = promised === promisedAsked ? yes(promised) : `${yes(promised)}, ${yes(promisedAsked)} once asked`;
      return `${card} (${network}): ${said}${asked}; promised: ${promise}`;
    })
    .join('\n');
}

const yes = (value: boolean): string => (value ? 'promiscuous' : 'quiet');
