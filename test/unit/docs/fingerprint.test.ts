import { describe, expect, it } from 'vitest';

import { fingerprint } from '../../../src/docs/fingerprint.ts';
import { formHosts, formNetwork } from '../../../src/docs/form-hosts.ts';
import type { NetworkType } from '../../../src/networks/types.ts';
import type { HostModel } from '../../../src/resolve/model.ts';

const hosts = formHosts();

function fingerprintOf(type: NetworkType, model: HostModel): string {
  const network = model.networkByName.get(formNetwork);
  if (network === undefined) throw new Error(`no network ${formNetwork}`);
  return fingerprint(type, network, model);
}

/** A type that promises or writes otherwise, in one thing. */
const changes: Readonly<Record<string, (type: NetworkType) => Partial<NetworkType>>> = {
  'reach over IPv4': ({ reach }) => ({
    reach: (network, family) => {
      const all = reach(network, family);
      return family === 4 ? { ...all, toHost: !all.toHost } : all;
    },
  }),
  'reach over IPv6': ({ reach }) => ({
    reach: (network, family) => {
      const all = reach(network, family);
      return family === 6 ? { ...all, fromOutside: !all.fromOutside } : all;
    },
  }),
  promiscuity: ({ promiscuous }) => ({ promiscuous: (network) => promiscuous(network) !== true }),
  'promiscuity once asked for': ({ promiscuousWhenAsked }) => ({
    promiscuousWhenAsked: (network) => promiscuousWhenAsked?.(network) !== true,
  }),
  'what is held of senders': ({ holds }) => ({
    holds: (network) => ({ ...holds(network), sources: holds(network).sources === 'all' ? 'nothing' : 'all' }),
  }),
  'what is held of policy': ({ holds }) => ({
    holds: (network) => ({ ...holds(network), policy: holds(network).policy === 'all' ? 'nothing' : 'all' }),
  }),
  'LXC lines': ({ lxcLines }) => ({
    lxcLines: (network, nic) => [...lxcLines(network, nic), { key: 'lxc.net.0.mtu', value: '1400' }],
  }),
  'kernel parameters': ({ sysctls }) => ({
    sysctls: (network, uplinks) => [...sysctls(network, uplinks), { name: 'net.ipv4.ip_forward', value: '0' }],
  }),
};

describe('the fingerprint of a form', () => {
  it.each(Object.entries(changes))('is another one for another %s, in every form', (_what, change) => {
    const same = hosts.filter(
      ({ type, model }) => fingerprintOf(type, model) === fingerprintOf({ ...type, ...change(type) }, model),
    );
    expect(same.map(({ label }) => label)).toEqual([]);
  });

  it('is another one for other packet rules', () => {
    const [first] = hosts;
    if (first === undefined) throw new Error('no form');
    const { type, model } = first;
    const open = model.containers.map((container) => ({ ...container, spoofCheck: false }));
    const other = { ...model, containers: open, containerByName: new Map(open.map((each) => [each.name, each])) };
    expect(fingerprintOf(type, other)).not.toBe(fingerprintOf(type, model));
  });

  it('is the same in whatever order a type says things', () => {
    const reversed = <T extends object>(all: T): T => Object.fromEntries(Object.entries(all).toReversed()) as T;
    for (const { type, model } of hosts) {
      const turned: NetworkType = {
        ...reversed(type),
        reach: (network, family) => reversed(type.reach(network, family)),
        holds: (network) => reversed(type.holds(network)),
        lxcLines: (network, nic) => type.lxcLines(network, nic).map((line) => reversed(line)),
      };
      expect(fingerprintOf(turned, model)).toBe(fingerprintOf(type, model));
    }
  });

  it('is not for what a type is said to be', () => {
    for (const { type, model } of hosts)
      expect(fingerprintOf({ ...type, summary: 'Other words.' }, model)).toBe(fingerprintOf(type, model));
  });

  it('is of its own for every form', () => {
    expect(new Set(hosts.map(({ type, model }) => fingerprintOf(type, model))).size).toBe(hosts.length);
  });
});
