import type { Rule } from './types.ts';

export const addressWithoutNetwork: Rule = {
  code: 'address-without-network',
  severity: 'error',
  summary: 'A container has an address, but is in no network.',
  check: ({ description }, report) => {
    for (const container of description.containers) {
      if (container.has('network')) continue;
      for (const key of ['ipv4', 'ipv6', 'mac'].filter((name) => container.has(name))) {
        report(
          `${container.name}: \`${key}\` is the address of its eth0, but it has none: it is in no network`,
          container.place(key),
          'say which: network = NAME',
        );
      }
    }
  },
};
