import { header, hostPlace } from './header.ts';
import { hostLines } from './lines.ts';
import { firewallService, sysctlPath } from './paths.ts';
import type { OutputKind } from './types.ts';

export const sysctl: OutputKind = {
  name: 'sysctl',
  summary: 'Kernel parameters of the host that the networks need, in the order in which they are set.',
  paths: [sysctlPath],
  files: ({ model, sysctls: lines }) => {
    if (lines.length === 0) return [];
    return [
      {
        kind: 'file',
        path: sysctlPath,
        mode: 0o644,
        syntax: 'none',
        origin: hostPlace(model),
        services: [firewallService],
        content: hostLines({ header: header(hostPlace(model), '[host] and its networks'), lines }),
      },
    ];
  },
};
