import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import { counted } from '../pipeline.ts';
import type { HostCheck } from './types.ts';

export const servicesCheck: HostCheck = {
  name: 'services',
  summary:
    'Services that are not in the runlevel that the description puts them in, and links of runlevels that lead nowhere.',
  run({ host, tree }) {
    const wanted = [...(tree?.runlevels ?? [])];
    const lost = wanted.filter(([service, level]) => host.look(`/etc/runlevels/${level}/${service}`).kind === 'absent');
    const dangling = danglingLinks(host);
    const isApplied = (tree?.files ?? []).some(
      ({ kind, path }) => kind === 'file' && host.look(path).kind !== 'absent',
    );
    const missing = lost.map(([service, level]) =>
      problem('service-not-in-runlevel', `${service} is not in runlevel ${level}: it does not start with the host`, {
        severity: 'warning',
        hint: `rc-lxc apply, or rc-update add ${service} ${level}`,
      }),
    );
    return {
      found: `${wanted.length - lost.length} of ${counted(wanted.length, 'service')} in a runlevel`,
      problems: [...(isApplied || wanted.length === 0 ? missing : [notApplied()]), ...dangling],
    };
  },
};

function notApplied(): Problem {
  return problem('not-applied', 'nothing of this description is on the host yet', {
    severity: 'warning',
    hint: 'rc-lxc plan shows what would be written, and rc-lxc apply writes it',
  });
}

/** OpenRC passes them over without a word. */
function danglingLinks(host: Host): readonly Problem[] {
  return host.list('/etc/runlevels').flatMap((level) =>
    host.list(`/etc/runlevels/${level}`).flatMap((name) => {
      if (!/^(?:lxc|rc-lxc|net)[.-]/u.test(name) || host.readText(`/etc/init.d/${name}`) !== undefined) return [];
      return [
        problem('dangling-service', `${name} is in runlevel ${level}, and there is no script /etc/init.d/${name}`, {
          severity: 'warning',
          hint: `rc-update delete ${name} ${level}`,
        }),
      ];
    }),
  );
}
