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
  readonly groups: readonly ElementGroup[];
}

interface Draft {
  readonly kind: 'set' | 'map';
  readonly declaration: readonly string[];
  readonly groups: Map<string, string[]>;
  readonly known: Set<string>;
}

/** Collects the elements of a table's sets. A set is there once something is in it, or once it was declared. */
export class NftSets {
  readonly #sets = new Map<string, Draft>();

  has(name: string): boolean {
    return this.#sets.has(name);
  }

  declare(name: string, declaration: readonly string[], kind: 'set' | 'map' = 'set'): void {
    if (!this.#sets.has(name)) this.#sets.set(name, { kind, declaration, groups: new Map(), known: new Set() });
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

  all(): readonly NftSet[] {
    return [...this.#sets].map(([name, { kind, declaration, groups }]) => ({
      name,
      kind,
      declaration,
      groups: [...groups].map(([comment, elements]) => ({ comment, elements })),
    }));
  }
}

export const intervals = 'flags interval';
