import { formatTable } from '../base/table.ts';
import { formKeys, inForm } from '../networks/forms.ts';
import { networkTypes } from '../networks/index.ts';
import type { Held, KernelOption, NetworkType, Reach } from '../networks/types.ts';
import type { NetworkModel } from '../resolve/model.ts';
import type { Kernel } from './kernel.ts';
import { wrapped } from './wrapped.ts';

/** A form of a type, and what it says of itself. */
export interface TypeForm {
  readonly type: string;
  /** The keys that make it, beside `type`. */
  readonly keys: Readonly<Record<string, string>>;
  readonly reach: { readonly ipv4: Reach; readonly ipv6: Reach };
  /** Absent where it uses no card. */
  readonly promiscuous?: boolean;
  readonly sources: Held;
  readonly policy: Held;
  readonly sinceLxc: string;
  readonly kernelOptions: readonly {
    readonly name: string;
    readonly here: 'yes' | 'no' | 'unknown';
    readonly why: string;
  }[];
}

/** A network that has all that types ask: both families, and addresses of the host where a type gives it any. */
const example: NetworkModel = {
  name: 'example',
  type: 'empty',
  prefix4: '10.0.3.0/24',
  prefix6: 'fd00:0:0:3::/64',
  gatewayIsOutside: false,
  nat: false,
  ports: [],
  quiet: false,
  hostAccess: false,
  isolate: false,
  dhcp: false,
  dns: [],
  where: { file: '', line: 1 },
};

/** The card in the forms that name one. */
const card = 'eth0';

export function typeForms(kernel: Kernel): readonly TypeForm[] {
  return networkTypes.flatMap((type) =>
    type.forms.map((form) => described(type, formKeys(form, card), inForm(example, type, form, card), kernel)),
  );
}

function described(type: NetworkType, keys: TypeForm['keys'], network: NetworkModel, kernel: Kernel): TypeForm {
  const promiscuous = type.promiscuous(network);
  return {
    type: type.name,
    keys,
    reach: { ipv4: type.reach(network, 4), ipv6: type.reach(network, 6) },
    ...(promiscuous === undefined ? {} : { promiscuous }),
    ...type.holds(network),
    sinceLxc: type.sinceLxc,
    kernelOptions: neededOptions(type, network).map((option) => ({
      name: option.name,
      here: kernel.has(option),
      why: option.why,
    })),
  };
}

export function neededOptions(type: NetworkType, network: NetworkModel): readonly KernelOption[] {
  return type.kernelOptions.filter(({ when }) => when?.(network) ?? true);
}

const heading = ['TYPE', 'EACH OTHER', 'HOST', 'OUTSIDE', 'CARD', 'CHECKS', 'LXC', 'KERNEL'];

export function typesText(forms: readonly TypeForm[], kernel: Kernel): string {
  const rows = forms.map((form) => [
    label(form),
    each(form, ({ containers }) => (containers ? 'yes' : 'no')),
    each(form, ({ toHost, fromHost }) => ways(toHost, fromHost)),
    each(form, ({ toOutside, fromOutside }) => ways(toOutside, fromOutside)),
    cardCell(form),
    form.sources,
    form.sinceLxc.replace(/\.0$/u, ''),
    kernelCell(form),
  ]);
  return [formatTable(heading, rows), '', ...legend, ...lacking(forms, kernel)].join('\n');
}

const legend = [
  ...wrapped(
    'HOST, OUTSIDE: both ways, or only out (from containers) or in (to them), without allow-in and allow-out.',
  ),
  ...wrapped('CARD: whether it takes in every frame on its wire (all) or its own containers’ alone (own).'),
  ...wrapped(
    'CHECKS: of senders and of allow-in and allow-out: all packets, those on the wire but not what containers send each other, or nothing.',
  ),
];

function label({ type, keys }: TypeForm): string {
  const words = Object.entries(keys).map(([key, value]) => (value === 'yes' || value === card ? key : value));
  return [type, ...words].join(' ');
}

function ways(to: boolean, from: boolean): string {
  if (to) return from ? 'both' : 'out';
  return from ? 'in' : 'no';
}

/** One word where both families are alike. */
function each({ reach }: TypeForm, word: (reach: Reach) => string): string {
  const [four, six] = [word(reach.ipv4), word(reach.ipv6)];
  return four === six ? four : `${four}/${six}`;
}

function cardCell({ promiscuous }: TypeForm): string {
  if (promiscuous === undefined) return '-';
  return promiscuous ? 'all' : 'own';
}

function kernelCell({ kernelOptions }: TypeForm): string {
  if (kernelOptions.some(({ here }) => here === 'no')) return 'lacks';
  return kernelOptions.every(({ here }) => here === 'yes') ? 'ok' : '?';
}

/** What the kernel lacks, each once with the types that need it. */
function lacking(forms: readonly TypeForm[], { release }: Kernel): readonly string[] {
  const missing = forms.flatMap(({ type, kernelOptions }) =>
    kernelOptions.filter(({ here }) => here === 'no').map(({ name, why }) => `${type} needs ${name}: ${why}`),
  );
  if (release === undefined) return [];
  const lines = [...new Set(missing)].flatMap((text) => wrapped(text, '  '));
  return [
    '',
    lines.length === 0 ? `This kernel, ${release}, has all of it.` : `This kernel, ${release}, lacks:`,
    ...lines,
  ];
}
