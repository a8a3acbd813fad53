import { kernelOptions } from '../kernel/catalogue.ts';
import type { KernelEntry } from '../kernel/catalogue.ts';

/** An option as linux-info.eclass takes it: without CONFIG_, and what it says when the kernel lacks it. */
export interface CheckedOption {
  readonly name: string;
  /** One text, in parts that each fit on a line. */
  readonly message: readonly string[];
}

/** What LXC itself has no part in: packet rules and the throw-away host are rc-lxc's. */
const ours = /^(?:firewall|nat|log-drops|lab)\b/u;

const isLab = ({ feature }: KernelEntry): boolean => feature === 'lab';

export function optionsOfLxc(): readonly CheckedOption[] {
  return checked(kernelOptions().filter(({ feature }) => !ours.test(feature)));
}

export function optionsOfRcLxc(): readonly CheckedOption[] {
  return checked(kernelOptions().filter((entry) => !isLab(entry)));
}

/** Those that USE=lab adds. */
export function optionsOfLab(): readonly CheckedOption[] {
  return checked(kernelOptions().filter(isLab));
}

/** One each, sorted; an option that several features need says of each what fails. */
function checked(entries: readonly KernelEntry[]): readonly CheckedOption[] {
  const byName = new Map<string, Map<string, string[]>>();
  for (const { option, why, feature } of entries) {
    const whys = byName.get(option) ?? new Map<string, string[]>();
    whys.set(why, [...(whys.get(why) ?? []), feature]);
    byName.set(option, whys);
  }
  return [...byName]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([option, whys]) => ({ name: option.replace(/^CONFIG_/u, ''), message: inParts(message(option, whys)) }));
}

function message(option: string, whys: ReadonlyMap<string, readonly string[]>): string {
  const parts = [...whys].map(([why, features]) => `without it ${why} (${features.join(', ')})`);
  return `${option}: ${parts.join('; ')}`;
}

/** A line of an ebuild has at most 120 columns (pkgcheck: ExcessiveLineLength), the name and the quotes included. */
const widest = 80;

/** The text cut between words; each part but the first begins with the blank that it was cut at. */
function inParts(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const word of text.split(/(?= )/u)) {
    if (part !== '' && part.length + word.length > widest) {
      parts.push(part);
      part = '';
    }
    part += word;
  }
  return [...parts, part];
}
