import type { TypeForm } from '../networks/type-forms.ts';
import type { Reach } from '../networks/types.ts';
import { families, reachKeys } from './measured.ts';
import type { AttackedSide, FormRecord, MeasuredNetworks, MeasuredOn, SeenAttacks } from './measured.ts';

/** `current`: of the type as it is; `earlier`: of another form of it; `none`: nothing was measured. */
type State = 'current' | 'earlier' | 'none';

/** What pages say of a form, all of it as it was seen. */
export interface JudgedForm {
  readonly state: State;
  readonly machine?: MeasuredOn;
  /** As a table has it; a dash where nothing could be sent, or where there is no card. */
  readonly words: SeenWords;
  readonly checked: SeenAttacks;
  readonly unchecked: SeenAttacks;
  /** Where the type promises otherwise, a line each: `reach ipv4 toHost: promised yes, measured no`. */
  readonly differences: readonly string[];
}

interface SeenWords {
  readonly eachOther: string;
  readonly host: string;
  readonly outside: string;
  /** `all`: the card takes in every frame on its wire; `asked`: once root in a container wants it; `own`: never. */
  readonly card: string;
  /** How many kinds of attack got through, of how many: with what is sent checked, and without. */
  readonly checked: string;
  readonly unchecked: string;
}

const nothing = '-';

/** What a type promises of its form that a record can be held against. */
interface Promised {
  readonly form: TypeForm;
  readonly fingerprint: string;
}

/** @param label as `formLabel` gives it. */
export function judge(measured: MeasuredNetworks, label: string, promise: Promised): JudgedForm {
  const record = measured.types[promise.form.type]?.[label];
  if (record === undefined) return unmeasured;
  const { kernel, attacks = { checked: {}, unchecked: {} } } = record;
  const machine = measured.machine[kernel];
  return {
    state: record.fingerprint === promise.fingerprint ? 'current' : 'earlier',
    ...(machine === undefined ? {} : { machine }),
    words: wordsOf(record),
    ...attacks,
    differences: [...reachDifferences(record, promise), ...cardDifferences(record, promise), ...held(record, promise)],
  };
}

const unmeasured: JudgedForm = {
  state: 'none',
  words: { eachOther: nothing, host: nothing, outside: nothing, card: nothing, checked: nothing, unchecked: nothing },
  checked: {},
  unchecked: {},
  differences: [],
};

function wordsOf({ reach, promiscuous, attacks }: FormRecord): SeenWords {
  const each = (word: (reach: Partial<Reach>) => string): string => {
    const words = [...new Set(families.map((family) => word(reach[family])))].filter((all) => all !== nothing);
    return words.length === 0 ? nothing : words.join('/');
  };
  return {
    eachOther: each(({ containers }) => (containers === undefined ? nothing : yesNo(containers))),
    host: each(({ toHost, fromHost }) => ways(toHost, fromHost)),
    outside: each(({ toOutside, fromOutside }) => ways(toOutside, fromOutside)),
    card: promiscuous === undefined ? nothing : cardWord(promiscuous),
    checked: attacks === undefined ? nothing : counted(attacks.checked),
    unchecked: attacks === undefined ? nothing : counted(attacks.unchecked),
  };
}

function ways(to: boolean | undefined, from: boolean | undefined): string {
  if (to === undefined && from === undefined) return nothing;
  if (to === true) return from === true ? 'both' : 'out';
  return from === true ? 'in' : 'no';
}

function cardWord({ plain, asked }: NonNullable<FormRecord['promiscuous']>): string {
  if (plain) return 'all';
  return asked ? 'asked' : 'own';
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function counted(attacks: SeenAttacks): string {
  return `${Object.values(attacks).filter(({ reached }) => reached.length > 0).length} of ${Object.keys(attacks).length}`;
}

function reachDifferences({ reach }: FormRecord, { form }: Promised): readonly string[] {
  return families.flatMap((family) =>
    reachKeys.flatMap((key) => {
      const [seen, promised] = [reach[family][key], form.reach[family][key]];
      if (seen === undefined || seen === promised) return [];
      return [`reach ${family} ${key}: promised ${yesNo(promised)}, measured ${yesNo(seen)}`];
    }),
  );
}

function cardDifferences({ promiscuous: seen }: FormRecord, { form }: Promised): readonly string[] {
  if (seen === undefined || form.promiscuous === undefined) return [];
  const asked = form.promiscuous || form.promiscuousWhenAsked === true;
  return [
    ...(seen.plain === form.promiscuous
      ? []
      : [`promiscuous: promised ${yesNo(form.promiscuous)}, measured ${yesNo(seen.plain)}`]),
    ...(seen.asked === asked
      ? []
      : [`promiscuous once asked for: promised ${yesNo(asked)}, measured ${yesNo(seen.asked)}`]),
  ];
}

function held({ attacks }: FormRecord, { form }: Promised): readonly string[] {
  if (form.sources === 'nothing') return [];
  return through(attacks?.checked ?? {}).map(
    ([kind, reached]) => `attack ${kind}: promised to be held, reached ${reached.join(', ')}`,
  );
}

function through(attacks: SeenAttacks): readonly (readonly [kind: string, reached: readonly AttackedSide[]])[] {
  return Object.entries(attacks).flatMap(([kind, { reached }]) =>
    reached.length > 0 ? [[kind, reached] as const] : [],
  );
}
