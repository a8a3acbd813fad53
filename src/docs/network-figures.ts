/** Whose kernel a figure was measured on: the machine's own, or that of the emulated virtual machine. */
export const kernels = ['own', 'virtual'] as const;
export type Kernel = (typeof kernels)[number];

/** Where a container's connection goes; a form has those that its type reaches. */
export type Direction = 'outside' | 'host' | 'container';

/** Of one TCP connection, in medians: Gbit/s, and microseconds from a request of one byte to its answer. */
export interface Speed {
  readonly gigabits: number;
  readonly microseconds: number;
}

/** With the ratios to the plain bridge without rules, by the same kernel in the same rounds. */
export interface Figure extends Speed {
  readonly throughputRatio: number;
  readonly latencyRatio: number;
}

type ByKernel<T> = Readonly<Partial<Record<Kernel, T>>>;

export interface FormFigures {
  /** What makes the form, beside `type`. */
  readonly keys: Readonly<Record<string, string>>;
  /** Of the type in this form when that was measured, as `fingerprint` gives it. */
  readonly fingerprint?: string;
  readonly directions?: Readonly<Partial<Record<Direction, ByKernel<Figure>>>>;
  /** A sentence: why nothing was measured. */
  readonly nothing?: string;
}

/** What bench/results/networks.json holds: the machine by kernel, and figures by type and the label of the form. */
export interface NetworkFigures {
  readonly what: string;
  readonly machine: ByKernel<Readonly<Record<string, string | number | boolean>>>;
  readonly figures: {
    readonly rounds: number;
    readonly secondsEach: number;
    /** Its ratios are those of its second measurement in a round to its first: how far apart equal things come out. */
    readonly plainBridge: ByKernel<Readonly<Partial<Record<Direction, Figure>>>>;
    readonly types: Readonly<Record<string, Readonly<Record<string, FormFigures>>>>;
  };
}

const directions: readonly Direction[] = ['outside', 'host', 'container'];
const numbers = ['gigabits', 'microseconds', 'throughputRatio', 'latencyRatio'] as const;

/** A form with what is shown of it: all of its figures by the same kernel. */
export interface SpeedRow {
  readonly type: string;
  readonly label: string;
  readonly kernel: Kernel;
  readonly figures: Readonly<Partial<Record<Direction, Figure>>>;
}

/** Throws an Error that says what is wrong where, as `figures.types.vlan.vlan 42: …`. */
export function checkNetworkFigures({ machine, figures }: NetworkFigures): void {
  const check = (where: string, kernel: Kernel, figure: Figure | undefined): void => {
    if (figure === undefined) return;
    if (machine[kernel] === undefined) throw new Error(`${where}: no machine ${kernel}`);
    const wrong = numbers.find((name) => !(figure[name] > 0));
    if (wrong !== undefined) throw new Error(`${where}.${kernel}.${wrong}: no number above 0`);
  };
  for (const kernel of kernels) {
    for (const direction of directions) {
      check(`figures.plainBridge.${direction}`, kernel, figures.plainBridge[kernel]?.[direction]);
      for (const { type, label, form } of formsIn(figures))
        check(`figures.types.${type}.${label}.${direction}`, kernel, form.directions?.[direction]?.[kernel]);
    }
  }
  for (const { type, label, form } of formsIn(figures))
    if ((form.directions === undefined) === (form.nothing === undefined))
      throw new Error(`figures.types.${type}.${label}: either directions, or nothing and why`);
}

/** Every form that was measured: by the machine's own kernel where that has it, else by the virtual machine's. */
export function speedRows({ figures }: NetworkFigures): readonly SpeedRow[] {
  return formsIn(figures).flatMap(({ type, label, form }): SpeedRow[] => {
    for (const kernel of kernels) {
      const all = directions.flatMap((direction): [Direction, Figure][] => {
        const figure = form.directions?.[direction]?.[kernel];
        return figure === undefined ? [] : [[direction, figure]];
      });
      if (all.length > 0) return [{ type, label, kernel, figures: Object.fromEntries(all) }];
    }
    return [];
  });
}

/**
 * How far the virtual machine's ratios are from the own kernel's, in parts of the latter, of each figure that both have:
 * 0.1 is a tenth. Smallest first.
 */
export function ratioDistances(
  { figures }: NetworkFigures,
  key: 'throughputRatio' | 'latencyRatio',
): readonly number[] {
  return formsIn(figures)
    .flatMap(({ form }) => Object.values(form.directions ?? {}))
    .flatMap(({ own, virtual }) => (own && virtual ? [Math.abs(virtual[key] / own[key] - 1)] : []))
    .toSorted((one, two) => one - two);
}

function formsIn({ types }: NetworkFigures['figures']) {
  return Object.entries(types).flatMap(([type, forms]) =>
    Object.entries(forms).map(([label, form]) => ({ type, label, form })),
  );
}
