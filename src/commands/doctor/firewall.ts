import type { Problem } from '../../base/errors.ts';
import { problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import { typeOf } from '../../networks/index.ts';
import { loadedProblem } from '../firewall-loaded.ts';
import { bridgesPassFilter, droppingTables } from '../foreign-tables.ts';
import type { HostCheck, Patient } from './types.ts';

export const firewallCheck: HostCheck = {
  name: 'firewall',
  summary:
    'Tables of others that drop what containers forward, by nftables or by the old iptables, and whether our own rules are loaded.',
  async run(patient) {
    const { host, model } = patient;
    if (model.host.firewall === 'none') return { found: 'none, as the description says', problems: [] };
    if (!host.live || !host.isRoot)
      return { found: host.live ? 'only root may ask the kernel' : 'cannot be asked below another root', problems: [] };
    const within = bridgesPassFilter(host, model);
    const forwards = within || model.networks.some((network) => network.nat || typeOf(network).hostRoutes === true);
    const foreign = [...(await droppingTables(host, model)), ...(forwards ? await legacyTables(host) : [])];
    const own = await ownRules(patient);
    return { found: `asked of the kernel${within ? passing : ''}`, problems: [...foreign, ...own] };
  },
};

/** Our rules hold either way: it is other tables that must know of it. */
const passing =
  '; what stays on a bridge passes the tables of forwarded packets too (net.bridge.bridge-nf-call-* is 1)';

/** Once applied only: before that nothing can be loaded. */
async function ownRules({ host, tree }: Patient): Promise<readonly Problem[]> {
  if (tree === undefined || host.look('/etc/rc-lxc/nftables.nft').kind === 'absent') return [];
  const found = await loadedProblem(host, tree);
  return found === undefined ? [] : [{ ...found, severity: 'warning' }];
}

/** nft does not list what iptables-legacy loaded; the kernel names its tables. */
async function legacyTables(host: Host): Promise<readonly Problem[]> {
  const families = [
    ['iptables-legacy', '/proc/net/ip_tables_names'],
    ['ip6tables-legacy', '/proc/net/ip6_tables_names'],
  ] as const;
  const found = await Promise.all(
    families.map(async ([program, names]) => {
      if (!/^filter$/mu.test(host.readText(names) ?? '')) return [];
      const output = await host.run([program, '-S', 'FORWARD'], { timeoutMs: 60_000 });
      if (output?.exitCode !== 0 || !/^-P FORWARD (?:DROP|REJECT)$/mu.test(output.stdout)) return [];
      return [
        problem('foreign-drop-policy', `${program}: chain FORWARD drops forwarded packets by policy, containers' too`, {
          severity: 'warning',
          hint: `${program} -I FORWARD -i br-+ -j ACCEPT, and the same with -o; or ${program} -P FORWARD ACCEPT`,
        }),
      ];
    }),
  );
  return found.flat();
}
