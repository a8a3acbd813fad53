import { describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { factsOf } from '../../src/commands/docs/program.ts';
import { formHosts } from '../../src/docs/form-hosts.ts';
import { families, reachKeys } from '../../src/docs/measured.ts';
import type { FormRecord } from '../../src/docs/measured.ts';
import { staleFacts } from '../../src/docs/stale.ts';
import { hasErrors } from '../../src/base/errors.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { parseSource } from '../../src/source/parse.ts';

const facts = await factsOf(metadata);

/** What nothing can be sent for: to another one where there is one alone, to a host that is not on that wire. */
const untried: Readonly<Record<string, readonly string[]>> = {
  'macvlan passthru': ['ipv4 containers', 'ipv4 toHost', 'ipv4 fromHost', 'ipv6 containers'],
  'vlan 42': ['containers', 'toHost', 'fromHost'].flatMap((key) => families.map((family) => `${family} ${key}`)),
  'phys parent': ['containers', 'toHost', 'fromHost'].flatMap((key) => families.map((family) => `${family} ${key}`)),
};

const cases = formHosts().map(
  (host) => [host.label, host, facts.measured.types[host.type.name]?.[host.label]] as const,
);

describe('what was measured of the network types', () => {
  it('is as promised, and of the types as they are: run make measure, then rc-lxc docs update', () => {
    expect(staleFacts(facts)).toEqual([]);
  });

  it.each(cases)('has all that %s promises of reach', (label, host, record) => {
    const tried = families.flatMap((family) =>
      reachKeys.filter((key) => !(untried[label] ?? []).includes(`${family} ${key}`)).map((key) => ({ family, key })),
    );
    for (const { family, key } of tried)
      expect(record?.reach[family][key], `${family} ${key}`).toBe(
        host.type.reach(host.network, family === 'ipv4' ? 4 : 6)[key],
      );
  });

  it.each(cases)('has all that %s promises of its card', (_label, host, record) => {
    const { network } = host;
    const promised = host.type.promiscuous(network);
    // A card that is given away is not the host's to look at.
    const isSeen =
      promised !== undefined &&
      host.model.containers.some(({ nics }) => nics.some((nic) => host.type.attachment(network, nic).kind !== 'none'));
    if (!isSeen) return expect(record).not.toHaveProperty('promiscuous');
    const asked = promised || host.type.promiscuousWhenAsked?.(network) === true;
    return expect(record?.promiscuous).toEqual({ plain: promised, asked });
  });

  it.each(cases)(
    'has attacks on whoever can be attacked from %s, held where that is promised',
    (_label, host, record) => {
      if (!host.type.keys.includes('ipv4')) return expect(record).not.toHaveProperty('attacks');
      const { checked, unchecked }: Partial<NonNullable<FormRecord['attacks']>> = record?.attacks ?? {};
      expect(Object.keys(checked ?? {}).length).toBeGreaterThan(10);
      expect(Object.keys(unchecked ?? {})).toEqual(Object.keys(checked ?? {}));
      // What gets nowhere without the checks says nothing of them.
      const out = Object.values(unchecked ?? {}).filter(({ reached }) => reached.length > 0);
      expect(out.length).toBeGreaterThan(0);
      const through = Object.values(checked ?? {}).filter(({ reached }) => reached.length > 0);
      return expect(through.length > 0).toBe(host.type.holds(host.network).sources === 'nothing');
    },
  );
});

describe('the hosts that forms are measured by', () => {
  it.each(cases)('are for %s descriptions without a mistake', (_label, { text, unchecked }) => {
    for (const each of [text, unchecked]) {
      const { problems } = resolve(parseSource([{ path: 'host.ini', text: each }]), { installedLxc: '5.0.0' });
      expect(hasErrors(problems)).toBe(false);
    }
  });
});
