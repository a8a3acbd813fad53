import { hostChecks } from '../../../src/commands/doctor/index.ts';
import type { Finding, Patient } from '../../../src/commands/doctor/types.ts';
import { kernelOptions } from '../../../src/kernel/catalogue.ts';
import { desiredTree } from '../../../src/outputs/index.ts';
import type { HostFacts } from '../../../src/resolve/model.ts';
import { resolveText } from '../resolve/support.ts';
import { machine } from './machine.ts';
import type { Machine } from './machine.ts';

export const description = `[host]
uplink = eth0
links = netifrc
[network internal]
ipv4 = 10.0.3.1/24
nat = yes
[container web1]
id = 11
network = internal
memory = 64M
`;

export const allOptions = kernelOptions().map(({ option }) => `${option}=y\n`);
const facts: HostFacts = { installedLxc: '7.0.0', newuidmap: true, netifrc: true, cgroup1Controllers: [] };

/** What makes a host as it should be. */
export const healthy: Machine = {
  files: {
    ...Object.fromEntries(
      ['lxc-start', 'openrc-run', 'nft', 'ip', 'dnsmasq'].map((name) => [`/usr/bin/${name}`, 'ELF'] as const),
    ),
    '/proc/sys/kernel/osrelease': '6.12.1-gentoo\n',
    '/boot/config-6.12.1-gentoo': allOptions.join(''),
    '/proc/sys/user/max_user_namespaces': '127000\n',
    '/proc/self/mounts': 'root / ext4 rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n',
    '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids\n',
    '/sys/class/net/eth0/mtu': '1500\n',
    '/etc/subuid': 'root:1310720:65536\n',
    '/etc/subgid': 'root:1310720:65536\n',
    '/etc/init.d/cgroups': '#!/sbin/openrc-run\n',
    '/etc/init.d/rc-lxc': '#!/sbin/openrc-run\n',
    '/etc/init.d/net.lo': '#!/sbin/openrc-run\n',
    '/etc/init.d/net.br-internal': '-> /etc/init.d/net.lo',
    '/etc/init.d/rc-lxc-nft': '#!/sbin/openrc-run\n',
    '/etc/init.d/lxc.web1': '#!/sbin/openrc-run\n',
    '/etc/runlevels/sysinit/cgroups': '-> /etc/init.d/cgroups',
    '/etc/runlevels/default/lxc.web1': '-> /etc/init.d/lxc.web1',
    '/etc/runlevels/default/rc-lxc-nft': '-> /etc/init.d/rc-lxc-nft',
    '/etc/runlevels/default/net.br-internal': '-> /etc/init.d/net.br-internal',
    '/var/lib/lxc/web1/rootfs/sbin/init': 'ELF',
    '/var/lib/lxc/web1/config': 'lxc.uts.name = web1\n',
    '/var/lib/lxc/.keep_app-containers_lxc-0': '',
    '/etc/conf.d/lxc': '#lxc_timeout=30\nlxc_stop_timeout="90"\n',
    '/etc/lxc/default.conf': '# lxc.network.type = veth\nlxc.net.0.type = empty\n',
    '/etc/rc.conf': '#rc_cgroup_mode="legacy"\n',
  },
  programs: {
    'openrc --version': 'openrc (OpenRC) 0.62.6\n',
    'nft --version': 'nftables v1.1.3 (Commodore Bullmoose #4)\n',
    'nft -j list ruleset': '{"nftables":[]}',
  },
};

export interface Change {
  /** `undefined` takes a file away. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly programs?: Readonly<Record<string, string>>;
  readonly live?: boolean;
  readonly isRoot?: boolean;
  readonly text?: string;
  readonly facts?: HostFacts;
  readonly node?: string;
}

export function patient(change: Change): Patient {
  const known = { ...facts, ...change.facts };
  const { model, sketch } = resolveText(change.text ?? description, known);
  const files = Object.entries({ ...healthy.files, ...change.files }).flatMap(([path, content]) =>
    content === undefined ? [] : [[path, content] as const],
  );
  return {
    host: machine({
      files: Object.fromEntries(files),
      programs: { ...healthy.programs, ...change.programs },
      live: change.live ?? true,
      isRoot: change.isRoot ?? true,
    }),
    model: sketch,
    node: change.node ?? '24.21.0',
    ...(known.installedLxc === undefined ? {} : { installedLxc: known.installedLxc }),
    ...(model === undefined ? {} : { tree: desiredTree(model) }),
  };
}

export async function examine(change: Change): Promise<readonly (Finding & { readonly name: string })[]> {
  const who = patient(change);
  return Promise.all(
    hostChecks.map(async (check) => {
      const { found, problems } = await check.run(who);
      return { name: check.name, found, problems };
    }),
  );
}
