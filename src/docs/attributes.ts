import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';

import { PageError } from './dialect.ts';

type Directive = ContainerDirective | LeafDirective | TextDirective;

/** The attributes of a directive, each asked for by its name; what is left over is a mistake. */
export interface Attributes {
  /** @throws PageError when it is not given. */
  need(name: string): string;
  find(name: string): string | undefined;
  /** @throws PageError for attributes that nothing asked for. */
  end(): void;
}

export function attributesOf(page: string, node: Directive): Attributes {
  const given = new Map(Object.entries(node.attributes ?? {}).map(([name, value]) => [name, value ?? '']));
  const find = (name: string): string | undefined => {
    const value = given.get(name);
    given.delete(name);
    return value;
  };
  return {
    find,
    need: (name) => {
      const value = find(name);
      if (value === undefined || value === '') throw new PageError(page, node, `${node.name} needs ${name}=`);
      return value;
    },
    end: () => {
      const [left] = given.keys();
      if (left !== undefined) throw new PageError(page, node, `${node.name} has no attribute ${left}`);
    },
  };
}
