import { groupBy } from '../../base/group.ts';
import { Written } from '../render.ts';

/** The elements of one container, below a comment that names it. */
interface ElementGroup {
  readonly comment: string;
  readonly elements: readonly string[];
}

/** A set or a map of a table. Elements are nft's text already: each field went through its quoting function. */
export interface NftSet {
  readonly name: string;
  readonly kind: 'set' | 'map';
  /** Lines of its declaration: `type ifname . ether_addr`. */
  readonly declaration: readonly string[];
  /** Names that rules have for it besides its own. */
  readonly others: readonly string[];
  readonly groups: readonly ElementGroup[];
}

interface Draft {
  readonly kind: 'set' | 'map';
  readonly declaration: readonly string[];
  /** Whether more is put in by packets, or when the table is loaded. */
  readonly isOpen: boolean;
  readonly groups: Map<string, string[]>;
  readonly known: Set<string>;
}

export const intervals = 'flags interval';

/** Sets of what the policies of containers say: every container may be in each. */
const isPolicy = (name: string): boolean => /^(?:with_policy|in_|out_)/u.test(name);

/** Collects the elements of a table's sets. A set is there once something is in it, or once it was declared. */
export class NftSets {
  readonly #sets = new Map<string, Draft>();

  has(name: string): boolean {
    return this.#sets.has(name);
  }

  declare(name: string, declaration: readonly string[], kind: 'set' | 'map' = 'set', isOpen = false): void {
    if (!this.#sets.has(name)) this.#sets.set(name, { kind, declaration, isOpen, groups: new Map(), known: new Set() });
  }

  /** A set that holds more than what is written. */
  declareOpen(name: string, declaration: readonly string[]): void {
    this.declare(name, declaration, 'set', true);
  }

  /** `group` is what the comment above says, the container's name; an element that is there already is not added. */
  add(name: string, declaration: readonly string[], group: string, element: string): void {
    this.declare(name, declaration);
    this.#put(name, group, element);
  }

  addToMap(name: string, declaration: readonly string[], group: string, element: string): void {
    this.declare(name, declaration, 'map');
    this.#put(name, group, element);
  }

  #put(name: string, group: string, element: string): void {
    const draft = this.#sets.get(name);
    if (draft === undefined || draft.known.has(element)) return;
    draft.known.add(element);
    const elements = draft.groups.get(group);
    if (elements === undefined) draft.groups.set(group, [element]);
    else elements.push(element);
  }

  names(): readonly string[] {
    return [...this.#sets.keys()];
  }

  /** Those to write. Policies' sets with the same elements are one: each element takes its time to load. */
  all(): readonly NftSet[] {
    const written = this.#written();
    const names = groupBy([...written.keys()], (name) => written.get(name));
    return [...this.#sets]
      .filter(([name]) => written.get(name) === name)
      .map(([name, draft]) => ({
        name,
        kind: draft.kind,
        declaration: [...draft.declaration, ...size(draft)],
        others: (names.get(name) ?? []).filter((other) => other !== name),
        groups: [...draft.groups].map(([comment, elements]) => ({ comment, elements })),
      }));
  }

  /** The text of the table, in which rules look things up in the sets that are written. */
  resolve(table: Written): Written {
    const written = this.#written();
    return new Written(
      table.text.replaceAll(/"[^"\n]*"|#[^\n]*|@([\w./-]+)/gu, (text, name?: string) =>
        name === undefined ? text : `@${written.get(name) ?? name}`,
      ),
    );
  }

  /** Which set is looked at for each: of policies, the first one that has its elements. */
  #written(): ReadonlyMap<string, string> {
    const alike = groupBy(this.#sets, ([, draft]) => keyOf(draft));
    return new Map(
      [...this.#sets].map(([name, draft]) => {
        const same = isPolicy(name) && !draft.isOpen ? alike.get(keyOf(draft)) : undefined;
        return [name, same?.find(([, { known }]) => isSubset(draft.known, known))?.[0] ?? name];
      }),
    );
  }
}

function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return some === all || [...some].every((one) => all.has(one));
}

/** Sets that differ in this are not the same. */
function keyOf({ kind, declaration, isOpen, known }: Draft): string {
  return JSON.stringify([kind, declaration, isOpen, known.size]);
}

/**
 * The kernel takes a table of just that size for a set whose size it knows, in place of one that grows with every
 * element and is built anew meanwhile: half of its time. The other kinds of sets gain nothing from it.
 */
function size({ declaration, isOpen, known }: Draft): readonly string[] {
  const isPlain = declaration.length === 1;
  return isPlain && !isOpen && known.size > 0 ? [`size ${String(known.size)}`] : [];
}
