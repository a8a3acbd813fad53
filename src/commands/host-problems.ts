import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { HostModel } from '../resolve/model.ts';
import { droppingTables } from './foreign-tables.ts';
import { missingOptions, runningKernel } from './kernel.ts';
import { namePortProblems } from './name-port.ts';

/**
 * What this machine lacks, or has against the description: warnings, since the description itself is right.
 * Looks only at the running system (root `/`), and at firewalls only as root.
 */
export async function hostProblems(host: Host, model: HostModel): Promise<readonly Problem[]> {
  if (!host.live) return [];
  const missing = [
    ...missingPrograms(host, model),
    ...missingScripts(host, model),
    ...missingOptions(runningKernel(host), model).map((found) => asWarning(found)),
    ...(await namePortProblems(host, model)),
  ];
  const asks = model.host.firewall === 'nftables' && host.isRoot;
  return asks ? [...missing, ...(await droppingTables(host, model))] : missing;
}

const programs = [
  {
    name: 'lxc-start',
    needed: () => true,
    why: 'no container can be started',
    remedy: 'install LXC: emerge app-containers/lxc, or apt-get install lxc',
  },
  {
    name: 'openrc-run',
    needed: () => true,
    why: 'no service can be started',
    remedy: 'this host needs OpenRC: emerge sys-apps/openrc, or apt-get install openrc',
  },
  {
    name: 'nft',
    needed: (model: HostModel) => model.host.firewall === 'nftables',
    why: 'the firewall cannot be loaded',
    remedy: 'install nftables: emerge net-firewall/nftables, or apt-get install nftables',
  },
  {
    name: 'ip',
    needed: (model: HostModel) => model.networks.length > 0,
    why: 'no bridge can be made',
    remedy: 'install iproute2: emerge sys-apps/iproute2, or apt-get install iproute2',
  },
  {
    name: 'dnsmasq',
    needed: (model: HostModel) => model.networks.some((network) => network.dhcp),
    why: 'nobody gives addresses and names in networks with `dhcp = yes`',
    remedy: 'install dnsmasq: emerge net-dns/dnsmasq, or apt-get install dnsmasq-base',
  },
] as const;

const searchPath = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/local/bin', '/usr/local/sbin'];

export function missingPrograms(host: Host, model: HostModel): readonly Problem[] {
  return programs
    .filter((program) => program.needed(model))
    .filter((program) => searchPath.every((directory) => host.look(`${directory}/${program.name}`).kind === 'absent'))
    .map((program) =>
      problem('program-missing', `${program.name} is not installed: ${program.why}`, {
        severity: 'warning',
        hint: program.remedy,
      }),
    );
}

/** What generated services read, or are links to: a dangling one starts nothing. */
export function missingScripts(host: Host, model: HostModel): readonly Problem[] {
  const netifrc = model.networks.length > 0 && model.host.links === 'netifrc';
  const scripts = [
    [
      '/etc/init.d/rc-lxc',
      "rc-lxc's own OpenRC scripts are not installed: no container can be started",
      'make install',
    ],
    ...(netifrc
      ? [
          [
            '/etc/init.d/net.lo',
            'netifrc is not installed: no bridge can be made',
            'emerge net-misc/netifrc; or write links = iproute2 in [host]',
          ] as const,
        ]
      : []),
  ] as const;
  return scripts
    .filter(([path]) => host.look(path).kind === 'absent')
    .map(([path, why, hint]) =>
      problem('script-missing', `${path} is not there: ${why}`, { severity: 'warning', hint }),
    );
}

/** The description is right whatever the kernel lacks. */
function asWarning(found: Problem): Problem {
  return { ...found, severity: 'warning' };
}
