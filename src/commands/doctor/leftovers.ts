import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import { lxcKeyProblem } from '../../lxc/check.ts';
import { parseVersion } from '../../lxc/version.ts';
import type { HostModel } from '../../resolve/model.ts';
import { counted } from '../pipeline.ts';
import type { HostCheck, Patient } from './types.ts';

export const leftoversCheck: HostCheck = {
  name: 'leftovers',
  summary:
    'What an older setup left: LXC configs with keys that the LXC here refuses, the old script that ran all containers, settings that every container’s service reads, addresses of cards that are ports now.',
  run(patient) {
    const { host, model } = patient;
    const configs = configFiles(host, model);
    const problems = [
      ...configs.flatMap((path) => refusedKeys(patient, path)),
      ...oldScripts(host),
      ...sharedSettings(host),
      ...portAddresses(host, model),
    ];
    return {
      found: `looked at ${counted(configs.length, 'LXC config')}, OpenRC's scripts and their settings`,
      problems,
    };
  },
};

/** LXC's own place for defaults, where an old script of Gentoo's kept whole configs too, and those of containers. */
function configFiles(host: Host, model: HostModel): readonly string[] {
  const shared = host.list('/etc/lxc').flatMap((name) => (name.endsWith('.conf') ? [`/etc/lxc/${name}`] : []));
  // Portage keeps a directory that may be empty by a file in it: .keep_app-containers_lxc-0.
  const own = host
    .list(model.host.lxcPath)
    .map((name) => `${model.host.lxcPath}/${name}`)
    .flatMap((path) => (host.isDirectory(path) ? [`${path}/config`] : []));
  return [...shared, ...own].filter((path) => host.readText(path) !== undefined);
}

/** One problem a file, with the first such line: one key makes LXC refuse all of it. */
function refusedKeys({ host, model, installedLxc }: Patient, path: string): readonly Problem[] {
  const version = (installedLxc === undefined ? undefined : parseVersion(installedLxc)) ?? model.host.lxc;
  const lines = (host.readText(path) ?? '').split(/\r\n?|\n/u);
  const refused = lines.flatMap((text, index) => {
    const key = /^[ \t]*(lxc\.[^\s=]+)[ \t]*=/u.exec(text)?.[1];
    const found = key === undefined ? undefined : lxcKeyProblem(key, version);
    return key === undefined || found === undefined ? [] : [{ key, found, line: index + 1, text }];
  });
  const [first] = refused;
  if (first === undefined) return [];
  const { key, found, line, text } = first;
  const others = refused.length === 1 ? '' : `, and ${counted(refused.length - 1, 'line')} more like it`;
  return [
    problem(
      found.kind === 'legacy' ? 'legacy-config' : 'refused-config',
      `${path}: LXC ${version} refuses ${key}${others}: it takes nothing of this file`,
      {
        severity: 'warning',
        where: { file: path, line, column: text.indexOf(key) + 1, length: key.length, text },
        hint:
          found.replacement === undefined
            ? 'remove the line; or describe the container, and let rc-lxc apply write its config'
            : `write ${found.replacement}; or describe the container, and let rc-lxc apply write its config`,
      },
    ),
  ];
}

/** Links to Gentoo's own script, which runs every container by its name. Ours are links to, or scripts beside, rc-lxc. */
function oldScripts(host: Host): readonly Problem[] {
  return host.list('/etc/init.d').flatMap((name) => {
    const found = name.startsWith('lxc.') ? host.look(`/etc/init.d/${name}`) : undefined;
    if (found?.kind !== 'link' || !/(?:^|\/)lxc$/u.test(found.target)) return [];
    const own = host.look('/etc/init.d/lxc');
    if (own.kind === 'link' && /(?:^|\/)rc-lxc$/u.test(own.target)) return [];
    return [
      problem(
        'old-script',
        `/etc/init.d/${name} is a link to the old script lxc, which believes a container that died to run`,
        {
          severity: 'warning',
          hint: `rc-service ${name} stop, then: rm /etc/init.d/${name}; and describe the container: rc-lxc new ${name.slice('lxc.'.length)}`,
        },
      ),
    ];
  });
}

/** What can be meant for all containers; conf.d/rc-lxc explains them. */
const sharable = /^lxc_(?:ready_timeout|stop_signal|stop_timeout|restart|restart_max|restart_period|aslr)$/u;

/** OpenRC reads conf.d/lxc before conf.d/lxc.NAME, for every service lxc.NAME. */
function sharedSettings(host: Host): readonly Problem[] {
  const path = '/etc/conf.d/lxc';
  const names = [...(host.readText(path) ?? '').matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)=/gmu)]
    .map(([, name = '']) => name)
    .filter((name) => !sharable.test(name));
  if (names.length === 0) return [];
  return [
    problem(
      'shared-settings',
      `${path} sets ${names.slice(0, 5).join(', ')}: OpenRC reads it for every container's service`,
      {
        severity: 'warning',
        hint: `move what is still wanted to /etc/conf.d/lxc.NAME, and remove it from ${path}`,
      },
    ),
  ];
}

/** A port has no addresses: the bridge has them, and two interfaces with one address answer as they like. */
function portAddresses(host: Host, model: HostModel): readonly Problem[] {
  return model.networks.flatMap(({ name, ports, where }) =>
    ports.flatMap((port) => {
      const variable = `config_${port.replaceAll(/[^\w]/gu, '_')}`;
      const written = new RegExp(String.raw`^\s*${variable}=["']?(?!null\b)[^\s"']`, 'mu');
      const path = [`/etc/conf.d/net.${port}`, '/etc/conf.d/net'].find((file) =>
        written.test(host.readText(file) ?? ''),
      );
      if (path === undefined) return [];
      return [
        problem('port-has-address', `${path} gives ${port} an address, and ${port} is a port of ${name}`, {
          severity: 'warning',
          where,
          hint: `write ${variable}="null" there: the addresses are those of the bridge, ipv4 and ipv6 of [network ${name}]`,
        }),
      ];
    }),
  );
}
