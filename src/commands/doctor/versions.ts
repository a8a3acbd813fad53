import { coerce, gte, lt } from 'semver';

import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import { listed } from '../../base/listed.ts';
import type { Host } from '../../host/types.ts';
import { isSupported, newestSupported, oldestSupported, parseVersion } from '../../lxc/version.ts';
import type { HostCheck, Patient } from './types.ts';

interface Program {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  /** The oldest that rc-lxc was tried with. */
  readonly oldest: string;
  readonly upgrade: string;
}

const programs: readonly Program[] = [
  { name: 'OpenRC', argv: ['openrc', '--version'], oldest: '0.45.2', upgrade: 'emerge --update sys-apps/openrc' },
  { name: 'nftables', argv: ['nft', '--version'], oldest: '1.0.6', upgrade: 'emerge --update net-firewall/nftables' },
];

/** What the bundle is made for (build/compile.ts). */
const oldestNode = '20.0.0';

/** The first kernel that maps ids of a mount, and with what file systems (mount_setattr(2)). */
const firstMapping = '5.12.0';

export const versionsCheck: HostCheck = {
  name: 'versions',
  summary:
    'LXC, OpenRC, nftables, Node and the kernel: too old, too new, or not those that the description is written for.',
  async run(patient) {
    const { host, node } = patient;
    const others = await Promise.all(
      programs.map(async (program) => ({ program, version: await versionOf(host, program) })),
    );
    const known = [
      ...(patient.installedLxc === undefined ? [] : [`LXC ${patient.installedLxc}`]),
      ...others.flatMap(({ program, version }) => (version === undefined ? [] : [`${program.name} ${version}`])),
      `Node ${node}`,
    ];
    return {
      found: host.live ? known.join(', ') : 'cannot be asked below another root',
      problems: [
        ...lxcProblems(patient),
        ...others.flatMap(({ program, version }) =>
          version !== undefined && lt(version, program.oldest) ? [tooOld(program.name, version, program)] : [],
        ),
        ...(lt(node, oldestNode)
          ? [tooOld('Node', node, { oldest: oldestNode, upgrade: 'emerge --update net-libs/nodejs' })]
          : []),
        ...kernelProblems(patient),
      ],
    };
  },
};

/** Below another root the programs may not be for this machine. */
async function versionOf(host: Host, { argv }: Program): Promise<string | undefined> {
  const output = host.live ? await host.run(argv, { timeoutMs: 10_000 }) : undefined;
  return output?.exitCode === 0 ? coerce(output.stdout)?.version : undefined;
}

function tooOld(name: string, version: string, { oldest, upgrade }: Pick<Program, 'oldest' | 'upgrade'>): Problem {
  return problem('version-too-old', `${name} ${version} is older than any that rc-lxc was tried with`, {
    severity: 'warning',
    hint: `take ${oldest} or later: ${upgrade}`,
  });
}

function lxcProblems({ model, installedLxc }: Patient): readonly Problem[] {
  const installed = installedLxc === undefined ? undefined : parseVersion(installedLxc);
  if (installed === undefined) return [];
  if (!isSupported(installed)) {
    return [
      problem('lxc-unsupported', `LXC ${installed} is installed, which rc-lxc writes no configuration for`, {
        hint: `take one from ${oldestSupported} to ${newestSupported}: emerge app-containers/lxc`,
      }),
    ];
  }
  if (installed === model.host.lxc) return [];
  // A key that the older one has not makes it refuse the whole file.
  const older = lt(installed, model.host.lxc);
  return [
    problem('lxc-differs', `LXC ${installed} is installed, and the description is written for ${model.host.lxc}`, {
      severity: older ? 'error' : 'warning',
      where: model.host.where,
      hint: `leave \`lxc\` out of [host], so that the installed one counts; or write lxc = ${installed}`,
    }),
  ];
}

function kernelProblems({ host, model }: Patient): readonly Problem[] {
  const release = coerce(host.live ? (host.readText('/proc/sys/kernel/osrelease') ?? '') : '');
  const mapped = model.containers.filter(({ idMap, idMapping }) => idMap !== undefined && idMapping === 'mount');
  if (release === null || mapped.length === 0 || gte(release, firstMapping)) return [];
  const names = listed(mapped.map(({ name }) => name));
  return [
    problem('kernel-too-old', `kernel ${release.version} cannot map ids when it mounts a rootfs: ${names}`, {
      where: mapped[0]?.where,
      hint: `take ${firstMapping} or later; or write id-mapping = owner, and give the files to the mapped ids`,
    }),
  ];
}
