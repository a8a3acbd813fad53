import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { listed } from '../../base/listed.ts';
import type { Host } from '../../host/types.ts';
import { isAtLeast, parseVersion } from '../../lxc/version.ts';
import type { ContainerModel } from '../../resolve/model.ts';
import type { HostCheck, Patient } from './types.ts';

/** The first LXC that knows cgroup v2 alone. */
const firstWithout1 = '7.0.0';

/** What holds a limit of the description, as cgroup.controllers names it. */
const controllers: readonly (readonly [
  controller: string,
  key: string,
  holds: (container: ContainerModel) => boolean,
])[] = [
  ['memory', 'memory', ({ memory }) => memory !== undefined],
  ['cpu', 'cpus', ({ cpus }) => cpus !== undefined],
  ['pids', 'pids', ({ pids }) => pids !== undefined],
  ['io', 'io-weight', ({ ioWeight }) => ioWeight !== undefined],
];

type Layout = 'unified' | 'hybrid' | 'legacy' | 'none';

/** Below the root: what OpenRC is told to mount at the next boot. */
export const cgroupsCheck: HostCheck = {
  name: 'cgroups',
  summary:
    'Control groups: the layout against the version of LXC, OpenRC’s service for them, and the controllers that limits need.',
  run(patient) {
    const { host } = patient;
    const mode = configuredMode(host);
    const layout = host.live ? mountedLayout(host.readText('/proc/self/mounts') ?? '') : undefined;
    return {
      found: [
        ...(layout === undefined ? [] : [layout === 'none' ? 'none mounted' : `${layout} layout`]),
        ...(mode === undefined ? [] : [`rc_cgroup_mode=${mode}`]),
      ].join(', '),
      problems: [
        ...layoutProblems(patient, layout, mode),
        ...serviceProblems(host, layout),
        ...(layout === 'unified' ? controllerProblems(patient) : []),
      ],
    };
  },
};

/** The last assignment that is no comment; OpenRC's own default is unified since 0.51, hybrid before. */
function configuredMode(host: Host): string | undefined {
  const text = host.readText('/etc/rc.conf') ?? '';
  return [...text.matchAll(/^\s*rc_cgroup_mode=["']?(\w+)/gmu)].at(-1)?.[1];
}

function mountedLayout(mounts: string): Layout {
  const types = new Set(mounts.split('\n').map((line) => line.split(' ')[2]));
  if (!types.has('cgroup')) return types.has('cgroup2') ? 'unified' : 'none';
  return types.has('cgroup2') ? 'hybrid' : 'legacy';
}

function layoutProblems(
  { host, model, installedLxc }: Patient,
  layout: Layout | undefined,
  mode: string | undefined,
): readonly Problem[] {
  const hint = 'set rc_cgroup_mode="unified" in /etc/rc.conf, and boot again';
  const lxc = (installedLxc === undefined ? undefined : parseVersion(installedLxc)) ?? model.host.lxc;
  const needs2 = isAtLeast(lxc, firstWithout1);
  if (layout === 'none')
    return [
      problem('no-cgroups', 'no control groups are mounted: no container can be started', {
        hint: 'rc-service cgroups start',
      }),
    ];
  const is1 = layout === 'legacy' || layout === 'hybrid';
  if (is1 && needs2)
    return [
      problem(
        'cgroup1-with-new-lxc',
        `the host has a ${layout} layout of control groups, where LXC ${lxc} starts no container`,
        { hint },
      ),
    ];
  if (mode !== 'legacy' && mode !== 'hybrid') return [];
  const soon = host.live ? 'the next boot gives' : 'gives';
  return [
    problem(
      'legacy-cgroup-mode',
      `/etc/rc.conf has rc_cgroup_mode="${mode}": ${soon} a layout that LXC ${needs2 ? lxc : '7.0'} cannot use`,
      { severity: needs2 ? 'error' : 'warning', hint },
    ),
  ];
}

/** Where they are mounted all the same, something else does it, now at least. */
function serviceProblems(host: Host, layout: Layout | undefined): readonly Problem[] {
  if (host.look('/etc/init.d/cgroups').kind === 'absent') return [];
  if (host.list('/etc/runlevels').some((level) => host.look(`/etc/runlevels/${level}/cgroups`).kind !== 'absent'))
    return [];
  return [
    problem(
      'service-not-in-runlevel',
      'cgroups is in no runlevel: OpenRC mounts no control groups when the host boots',
      {
        severity: layout === undefined || layout === 'none' ? 'error' : 'warning',
        hint: 'rc-update add cgroups sysinit',
      },
    ),
  ];
}

/** A boot parameter (cgroup_disable=memory) takes away what the kernel was built with. */
function controllerProblems({ host, model }: Patient): readonly Problem[] {
  const text = host.readText('/sys/fs/cgroup/cgroup.controllers');
  if (text === undefined) return [];
  const there = new Set(text.trim().split(/\s+/u));
  return controllers.flatMap(([controller, key, holds]) => {
    const users = model.containers.filter((container) => holds(container));
    if (users.length === 0 || there.has(controller)) return [];
    const names = listed(users.map(({ name }) => name));
    return [
      problem(
        'controller-missing',
        `${names}: control groups have no controller ${controller}, which \`${key}\` needs`,
        {
          where: users[0]?.where,
          hint: `boot without cgroup_disable=${controller} (on some boards: with cgroup_enable=${controller})`,
        },
      ),
    ];
  });
}
