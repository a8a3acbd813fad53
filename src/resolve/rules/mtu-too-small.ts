import type { Rule } from './types.ts';

/** RFC 8200, section 5. */
const smallestForIpv6 = 1280;

export const mtuTooSmall: Rule = {
  code: 'mtu-too-small',
  severity: 'error',
  summary: 'A network with IPv6 has an MTU that IPv6 does not work with.',
  check: ({ model, place }, report) => {
    for (const { name, mtu, ipv6 } of model.networks) {
      if (mtu === undefined || ipv6 === undefined || mtu >= smallestForIpv6) continue;
      report(
        `${name}: IPv6 needs packets of ${smallestForIpv6} bytes, and ${mtu} is less`,
        place('network', name, 'mtu'),
        `write mtu = ${smallestForIpv6} or more, or leave \`ipv6\` out`,
      );
    }
  },
};
