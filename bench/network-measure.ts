import { gatherFacts } from '../src/host/facts.ts';
import { realHost } from '../src/host/real.ts';
import type { Direction, Figure, FormFigures, Speed } from '../src/docs/network-figures.ts';
import { casesOf, plainBridge } from './network-cases.ts';
import type { Case } from './network-cases.ts';
import { isWhole, startHost, tryFor } from './network-hosts.ts';
import type { Running } from './network-hosts.ts';
import { machine, median, round } from './support.ts';

export const seconds = 0.5;
export const rounds = 5;

type Figures = Partial<Record<Direction, Figure>>;

/** What one kernel gave. A form that it has not all for has no figures, and one that there is nothing of says so. */
export interface Measured {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly plainBridge: Figures;
  readonly forms: readonly FormMeasured[];
}

type FormMeasured = Pick<Case, 'type' | 'label' | 'keys'> &
  Pick<FormFigures, 'nothing'> & { readonly directions?: Figures };

interface Subject {
  readonly name: string;
  readonly host: Running;
  readonly seen: Map<Direction, Speed[]>;
}

/** Every form that this machine's kernel has all for, in turns: what else the machine does hits all alike. */
export async function measureHere(step: (text: string) => void): Promise<Measured> {
  const facts = { ...(await gatherFacts(realHost('/'))), netifrc: false };
  const [plain, cases] = [plainBridge(facts), casesOf(facts)];
  const models = cases.flatMap(({ subject }) => ('model' in subject ? [subject.model] : []));
  const kernel = await tryFor([plain, ...models]);
  const running: Subject[] = [];
  const start = async (name: string, model: typeof plain, isPlain: boolean): Promise<Subject> => {
    step(`starting ${name}`);
    const subject: Subject = { name, host: await startHost(model, facts, kernel, isPlain), seen: new Map() };
    running.push(subject);
    return subject;
  };
  try {
    const first = await start('plain bridge', plain, true);
    for (const { label, subject } of cases)
      if ('model' in subject && isWhole(subject.model, kernel)) await start(label, subject.model, false);
    const again: Subject = { ...first, seen: new Map() };
    for (let count = 1; count <= rounds; count += 1) {
      step(`round ${count} of ${rounds}`);
      for (const subject of [...running, again]) await measureOnce(subject);
    }
    const byLabel = new Map(running.map((subject) => [subject.name, subject]));
    return {
      machine: machine(),
      plainBridge: figures(again, first),
      forms: cases.map((one) => formOf(one, byLabel.get(one.label), first)),
    };
  } finally {
    for (const { host } of running) await host.stop();
  }
}

function formOf({ type, label, keys, subject }: Case, found: Subject | undefined, base: Subject): FormMeasured {
  if ('nothing' in subject) return { type, label, keys, nothing: subject.nothing };
  return { type, label, keys, ...(found === undefined ? {} : { directions: figures(found, base) }) };
}

async function measureOnce({ host, seen }: Subject): Promise<void> {
  for (const direction of host.directions)
    seen.set(direction, [...(seen.get(direction) ?? []), await host.measure(direction, seconds)]);
}

/** Medians, and those of the ratios to the other one in the same round. */
function figures(one: Subject, base: Subject): Figures {
  return Object.fromEntries(
    Array.from(one.seen, ([direction, all]): [Direction, Figure] => {
      const others = base.seen.get(direction) ?? [];
      const ratio = (key: keyof Speed): number =>
        round(median(all.map((each, at) => each[key] / (others[at]?.[key] ?? 0))));
      const middle = (key: keyof Speed): number => round(median(all.map((each) => each[key])));
      return [
        direction,
        {
          gigabits: middle('gigabits'),
          microseconds: middle('microseconds'),
          throughputRatio: ratio('gigabits'),
          latencyRatio: ratio('microseconds'),
        },
      ];
    }),
  );
}
