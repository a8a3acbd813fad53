import { describe, expect, it } from 'vitest';

import { fingerprint } from '../../../src/docs/fingerprint.ts';
import { formHosts } from '../../../src/docs/form-hosts.ts';
import type { NetworkType } from '../../../src/networks/types.ts';
import { turnedPromises } from '../../support/turned-promises.ts';
import type { Turned } from '../../support/turned-promises.ts';

const hosts = formHosts();

/** A type that promises or writes otherwise, in one thing. */
const changes: readonly Turned[] = [
  ...turnedPromises,
  [
    'LXC lines',
    ({ lxcLines }) => ({
      lxcLines: (network, nic) => [...lxcLines(network, nic), { key: 'lxc.net.0.mtu', value: '1400' }],
    }),
  ],
  [
    'kernel parameters',
    ({ sysctls }) => ({
      sysctls: (network, uplinks) => [...sysctls(network, uplinks), { name: 'net.ipv4.ip_forward', value: '0' }],
    }),
  ],
];

describe('the fingerprint of a form', () => {
  it.each(changes)('is another one for another %s, in every form', (_what, change) => {
    const same = hosts.filter(
      (host) => fingerprint(host) === fingerprint({ ...host, type: { ...host.type, ...change(host.type) } }),
    );
    expect(same.map(({ label }) => label)).toEqual([]);
  });

  it('is another one for other packet rules', () => {
    const [first] = hosts;
    if (first === undefined) throw new Error('no form');
    const { model } = first;
    const open = model.containers.map((container) => ({ ...container, spoofCheck: false }));
    const other = { ...model, containers: open, containerByName: new Map(open.map((each) => [each.name, each])) };
    expect(fingerprint({ ...first, model: other })).not.toBe(fingerprint(first));
  });

  it('is the same in whatever order a type says things', () => {
    const reversed = <T extends object>(all: T): T => Object.fromEntries(Object.entries(all).toReversed()) as T;
    for (const host of hosts) {
      const { type } = host;
      const turned: NetworkType = {
        ...reversed(type),
        reach: (network, family) => reversed(type.reach(network, family)),
        holds: (network) => reversed(type.holds(network)),
        lxcLines: (network, nic) => type.lxcLines(network, nic).map((line) => reversed(line)),
      };
      expect(fingerprint({ ...host, type: turned })).toBe(fingerprint(host));
    }
  });

  it('is not for what a type is said to be', () => {
    for (const host of hosts)
      expect(fingerprint({ ...host, type: { ...host.type, summary: 'Other words.' } })).toBe(fingerprint(host));
  });

  it('is of its own for every form', () => {
    expect(new Set(hosts.map(fingerprint)).size).toBe(hosts.length);
  });
});
