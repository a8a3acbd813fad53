import type { NetworkModel } from '../resolve/model.ts';
import { formKeys, inForm } from './forms.ts';
import { networkTypes } from './index.ts';
import type { Held, KernelOption, NetworkType, Reach } from './types.ts';

/** Whether a kernel has an option. */
export type HasOption = (option: KernelOption) => 'yes' | 'no' | 'unknown';

/** A form of a type, and what it says of itself. */
export interface TypeForm {
  readonly type: string;
  /** The keys that make it, beside `type`. */
  readonly keys: Readonly<Record<string, string>>;
  readonly reach: { readonly ipv4: Reach; readonly ipv6: Reach };
  /** Absent where it uses no card. */
  readonly promiscuous?: boolean;
  /** Once root in a container asks for it; absent: as without. */
  readonly promiscuousWhenAsked?: boolean;
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
export const exampleNetwork: NetworkModel = {
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

/** Every form of every type, in their order: for the command and for the pages alike. */
export function typeForms(has: HasOption): readonly TypeForm[] {
  return networkTypes.flatMap((type) => formsOf(type, has));
}

export function formsOf(type: NetworkType, has: HasOption): readonly TypeForm[] {
  return type.forms.map((form) => described(type, formKeys(form, card), inForm(exampleNetwork, type, form, card), has));
}

function described(type: NetworkType, keys: TypeForm['keys'], network: NetworkModel, has: HasOption): TypeForm {
  return {
    type: type.name,
    keys,
    reach: { ipv4: type.reach(network, 4), ipv6: type.reach(network, 6) },
    ...cardOf(type, network),
    ...type.holds(network),
    sinceLxc: type.sinceLxc,
    kernelOptions: neededOptions(type, network).map((option) => ({
      name: option.name,
      here: has(option),
      why: option.why,
    })),
  };
}

/** What a type does with the card of a network, where it uses one. */
export function cardOf(
  type: NetworkType,
  network: NetworkModel,
): Pick<TypeForm, 'promiscuous' | 'promiscuousWhenAsked'> {
  const promiscuous = type.promiscuous(network);
  if (promiscuous === undefined) return {};
  const promiscuousWhenAsked = type.promiscuousWhenAsked?.(network);
  return { promiscuous, ...(promiscuousWhenAsked === undefined ? {} : { promiscuousWhenAsked }) };
}

export function neededOptions(type: NetworkType, network: NetworkModel): readonly KernelOption[] {
  return type.kernelOptions.filter(({ when }) => when?.(network) ?? true);
}

/** `macvlan private host-access`: the type, and what makes the form. */
export function formLabel({ type, keys }: Pick<TypeForm, 'type' | 'keys'>): string {
  const words = Object.entries(keys).map(([key, value]) => (value === 'yes' || value === card ? key : value));
  return [type, ...words].join(' ');
}

/** What of a form its words tell. */
type Said = Pick<TypeForm, 'reach' | 'promiscuous' | 'promiscuousWhenAsked'>;

/** What a form reaches and holds, a word or two each: `both`, `out`, `in` or `no`; IPv4/IPv6 where they differ. */
export function formWords(form: Said): {
  readonly eachOther: string;
  readonly host: string;
  readonly outside: string;
  /**
   * `all`: its card takes in every frame on its wire; `asked`: once root in a container wants that; `own`: those for
   * its containers; `-`: it uses none.
   */
  readonly card: string;
} {
  return {
    eachOther: each(form, ({ containers }) => (containers ? 'yes' : 'no')),
    host: each(form, ({ toHost, fromHost }) => ways(toHost, fromHost)),
    outside: each(form, ({ toOutside, fromOutside }) => ways(toOutside, fromOutside)),
    card: cardWord(form),
  };
}

function ways(to: boolean, from: boolean): string {
  if (to) return from ? 'both' : 'out';
  return from ? 'in' : 'no';
}

/** One word where both families are alike. */
function each({ reach }: Said, word: (reach: Reach) => string): string {
  const [four, six] = [word(reach.ipv4), word(reach.ipv6)];
  return four === six ? four : `${four}/${six}`;
}

function cardWord({ promiscuous, promiscuousWhenAsked }: Said): string {
  if (promiscuous === undefined) return '-';
  if (promiscuous) return 'all';
  return promiscuousWhenAsked === true ? 'asked' : 'own';
}
