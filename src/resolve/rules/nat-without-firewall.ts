import type { Rule } from './types.ts';

export const natWithoutFirewall: Rule = {
  code: 'nat-without-firewall',
  severity: 'error',
  summary: 'A network masquerades, but nobody is to carry that out.',
  check: ({ model, place }, report) => {
    if (model.host.firewall !== 'none') return;
    for (const { name } of model.networks.filter(({ nat }) => nat)) {
      report(
        `${name}: \`nat = yes\` needs nftables, but [host] has \`firewall = none\``,
        place('network', name, 'nat'),
        'write firewall = nftables in [host], or leave `nat` out here',
      );
    }
  },
};
