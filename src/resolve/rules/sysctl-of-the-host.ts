import type { Rule } from './types.ts';

/** What the kernel keeps for each namespace (namespaces(7), ipc_namespaces(7)): network, IPC and UTS. */
const ownNamespace = /^(?:net\.|kernel\.(?:shm|msg|sem|auto_msgmni|domainname|hostname)|fs\.mqueue\.)/u;

export const sysctlOfTheHost: Rule = {
  code: 'sysctl-of-the-host',
  severity: 'error',
  summary: 'A kernel parameter of a container is one that the kernel has once, for the whole host.',
  check: ({ model, place }, report) => {
    for (const { name, sysctl } of model.containers) {
      for (const parameter of sysctl.keys()) {
        if (ownNamespace.test(parameter.replaceAll('/', '.'))) continue;
        report(
          `${name}: ${parameter} is no parameter of a container's own: it holds for the whole host`,
          place('container', name, `sysctl.${parameter}`),
          'remove the line, and set it on the host, in /etc/sysctl.d',
        );
      }
    }
  },
};
