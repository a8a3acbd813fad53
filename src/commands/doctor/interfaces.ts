import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import type { Place } from '../../base/errors.ts';
import { hostLinks } from '../../networks/index.ts';
import type { HostModel } from '../../resolve/model.ts';
import { counted } from '../pipeline.ts';
import type { HostCheck } from './types.ts';

interface Named {
  readonly name: string;
  readonly as: string;
  readonly where?: Place | undefined;
}

export const interfacesCheck: HostCheck = {
  name: 'interfaces',
  summary: 'Cards that the description names as uplink, port or parent, and that the host has not.',
  run({ host, model }) {
    if (!host.live) return { found: 'cannot be told below another root', problems: [] };
    const own = new Set(hostLinks(model).map(({ link }) => link.name));
    const wanted = [...new Map(namedCards(model).map((card) => [card.name, card])).values()];
    const lost = wanted.filter(({ name }) => !own.has(name) && !host.isDirectory(`/sys/class/net/${name}`));
    const there = host.list('/sys/class/net').filter((name) => name !== 'lo' && !own.has(name));
    return {
      found: `${wanted.length - lost.length} of ${counted(wanted.length, 'card')} that the description names`,
      problems: lost.map((card) => missing(card, there)),
    };
  },
};

function namedCards({ host, networks }: HostModel): readonly Named[] {
  return [
    ...host.uplinks.map((name): Named => ({ name, as: 'uplink', where: host.where })),
    ...networks.flatMap(({ name: network, ports, parent, where }) => [
      ...ports.map((name): Named => ({ name, as: `port of ${network}`, where })),
      ...(parent === undefined ? [] : [{ name: parent, as: `parent of ${network}`, where }]),
    ]),
  ];
}

/** A warning: a card may be plugged in later, and a tagged one made by another service. */
function missing({ name, as, where }: Named, there: readonly string[]): Problem {
  return problem('interface-missing', `${name}, ${as}, is no interface of this host`, {
    severity: 'warning',
    where,
    hint: there.length === 0 ? 'ip link shows what there is' : `there are: ${there.slice(0, 8).join(', ')}`,
  });
}
