import { quoteEbuild, quoteXml } from '../base/quote/index.ts';
import { oldestSupported } from '../lxc/version.ts';
import { Written, partRenderer, renderer } from '../outputs/render.ts';
import metadata from '../../package.json' with { type: 'json' };
import { optionsOfLab, optionsOfLxc, optionsOfRcLxc } from './kernel.ts';
import { bundled } from './licences.generated.ts';
import { compareVersions, parseGentoo, toSemver, withoutRevision } from './versions.ts';

/** The version of an ebuild that builds what is in version control (`rc-lxc-9999`). */
export const live = '9999';

/** A package of the overlay. */
export interface OverlayPackage {
  readonly name: string;
  /** Where to read of it, the first for a person. */
  readonly homepages: readonly string[];
  /** USE flags that have no meaning but the package's own, and what they do. */
  readonly flags: readonly { readonly name: string; readonly text: string }[];
  /** The files that a release is made of, by name, each with where it comes from. None for the live one. */
  distfiles(version: string): readonly { readonly name: string; readonly from: string }[];
  ebuild(version: string): string;
  /** Everything else in its folder, by path below it. */
  files(): ReadonlyMap<string, string>;
}

export const category = 'app-containers';

const kernel = partRenderer('ebuild/kernel', quoteEbuild);
const metadataXml = renderer('ebuild/metadata', quoteXml);
/** A version in upstream's spelling, inside of quotes. */
function quotedVersion(text: string): string {
  if (!/^[\w.+-]+$/u.test(text)) throw new Error(`not a version: ${JSON.stringify(text)}`);
  return text;
}

const rcLxcEbuild = renderer('ebuild/rc-lxc', quoteEbuild, { version: quotedVersion });
const lxcEbuild = renderer('ebuild/lxc', quoteEbuild, { version: quotedVersion });

/** SPDX's name of a licence → the file in Gentoo's licenses/. */
const licenceNames: Readonly<Record<string, string>> = {
  'GPL-2.0-only': 'GPL-2',
  'Apache-2.0': 'Apache-2.0',
  'BSD-2-Clause': 'BSD-2',
  'BSD-3-Clause': 'BSD',
  'BlueOak-1.0.0': 'BlueOak-1.0.0',
  ISC: 'ISC',
  MIT: 'MIT',
  '0BSD': '0BSD',
};

/** What LICENSE names: ours, and those of the packages that the bundle holds. */
function licences(): readonly string[] {
  const names = [metadata.license, ...bundled.map(({ licence }) => licence)].map((spdx) => {
    const name = licenceNames[spdx];
    if (name === undefined) throw new Error(`no name of Gentoo's for the licence ${spdx}`);
    return name;
  });
  return [...new Set(names)].toSorted();
}

/** The upstream's own spelling of a version, where it differs from Gentoo's, and the variable that has it in a name. */
const spelt = (version: string, upstream: string): { upstream?: string; p: Written } =>
  upstream === withoutRevision(version) ? { p: new Written('${P}') } : { upstream, p: new Written('${MY_P}') };

const rcLxcTarball = (version: string): string => `rc-lxc-${toSemver(version) ?? withoutRevision(version)}.tar.gz`;

const rcLxc: OverlayPackage = {
  name: 'rc-lxc',
  // There is no page of its own yet; this is the one that it goes with.
  homepages: ['https://wiki.gentoo.org/wiki/LXC'],
  flags: [{ name: 'lab', text: 'Install what proves a description in a throw-away host: rc-lxc lab' }],
  distfiles: (version) =>
    version === live
      ? []
      : [{ name: rcLxcTarball(version), from: `make dist in a checkout of v${toSemver(version) ?? version}` }],
  ebuild: (version) =>
    rcLxcEbuild({
      live: version === live,
      release: toSemver(version) ?? withoutRevision(version),
      ...spelt(version, toSemver(version) ?? withoutRevision(version)),
      description: 'LXC containers under OpenRC: one description of a host, all that must agree',
      homepage: rcLxc.homepages.join(' '),
      source: undefined,
      licences: licences(),
      oldestLxc: oldestSupported,
      kernel: kernel({ options: optionsOfRcLxc() }),
      labOptions: optionsOfLab(),
    }),
  files: () =>
    new Map([
      [
        'metadata.xml',
        metadataXml({
          longdescription:
            'Runs LXC containers under OpenRC: one description of a host, from which come the services, the links, ' +
            'the configurations of LXC and the packet rules.',
          flags: rcLxc.flags,
          github: undefined,
        }),
      ],
    ]),
};

/** LXC names stages before a release with a dot: `lxc-2.0.0.rc1`. */
const lxcSpelling = (version: string): string => withoutRevision(version).replace(/_(?=rc)/u, '.');

const lxcTarball = (version: string): string => `lxc-${lxcSpelling(version)}.tar.gz`;

const downloads = 'https://linuxcontainers.org/downloads/lxc/';

const majorOf = (version: string): number => Number(parseGentoo(version)?.numbers[0] ?? 0);

/** Gentoo's own ebuilds have the same: those of LXC 5 and 6 say 1.8, later ones the major version with its zeros. */
const slotOf = (version: string): string => {
  if (version === live) return '0/9999';
  return majorOf(version) < 7 ? '0/1.8' : `0/1.${majorOf(version)}00`;
};

const verbatim = (name: 'lxc-net.initd' | 'lxc-containers.initd' | 'lxc-containers.confd' | 'lxc.confd') =>
  [`files/${name}`, renderer(`ebuild/${name}`, quoteEbuild)({})] as const;

const lxc: OverlayPackage = {
  name: 'lxc',
  homepages: ['https://linuxcontainers.org/lxc/', 'https://github.com/lxc/lxc'],
  flags: [
    { name: 'apparmor', text: 'Confine containers by profiles of AppArmor' },
    { name: 'io-uring', text: 'Wait for events by io_uring instead of epoll' },
    { name: 'landlock', text: "Confine LXC's monitor processes by Landlock" },
    { name: 'tools', text: 'Build and install the command line tools' },
  ],
  distfiles: (version) =>
    version === live
      ? []
      : [lxcTarball(version), `${lxcTarball(version)}.asc`].map((name) => ({ name, from: `${downloads}${name}` })),
  ebuild: (version) =>
    lxcEbuild({
      live: version === live,
      ...spelt(version, lxcSpelling(version)),
      description: 'Containers by what the Linux kernel has for them, with services for OpenRC',
      homepage: lxc.homepages.join(' '),
      slot: slotOf(version),
      // An option that a release does not know stops its build: meson_options.txt of LXC's releases has them since these.
      apiDocs: compareVersions(version, '6.0.6') >= 0,
      landlock: majorOf(version) >= 7,
      kernel: kernel({ options: optionsOfLxc() }),
    }),
  files: () =>
    new Map([
      [
        'metadata.xml',
        metadataXml({
          longdescription:
            'LXC runs whole systems in namespaces and control groups of the Linux kernel. This package brings its services in one ' +
            'order with those of app-containers/rc-lxc: the bridge of lxc-net first, then the containers of lxc-containers and lxc.NAME.',
          flags: lxc.flags,
          github: 'lxc/lxc',
        }),
      ],
      verbatim('lxc-net.initd'),
      verbatim('lxc-containers.initd'),
      verbatim('lxc-containers.confd'),
      verbatim('lxc.confd'),
    ]),
};

/** In the order in which they are named. */
export const packages: readonly OverlayPackage[] = [rcLxc, lxc];
