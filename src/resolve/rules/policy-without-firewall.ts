import type { Rule } from './types.ts';

export const policyWithoutFirewall: Rule = {
  code: 'policy-without-firewall',
  severity: 'error',
  summary: 'allow-in or allow-out is written, but nobody is to hold it.',
  check: ({ model, place }, report) => {
    if (model.host.firewall !== 'none') return;
    for (const { name, allowIn, allowOut } of model.containers) {
      if (allowIn === undefined && allowOut === undefined) continue;
      const key = allowIn === undefined ? 'allow-out' : 'allow-in';
      report(
        `${name}: \`${key}\` needs nftables, but [host] has \`firewall = none\``,
        place('container', name, key),
        `write firewall = nftables in [host], or leave \`${key}\` out here`,
      );
    }
  },
};
