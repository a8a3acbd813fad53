import { header, hostPlace } from './header.ts';
import { hostLines } from './lines.ts';
import { portsPath } from './paths.ts';
import { portLine } from './port-line.ts';
import type { OutputKind } from './types.ts';
import type { HostView } from './view.ts';

function portLines(view: HostView): readonly string[] {
  return view.model.containers.flatMap((container) => container.nics.flatMap((nic) => portLine(view, nic) ?? []));
}

export const ports: OutputKind = {
  name: 'ports',
  summary: "Which of the host's interfaces each container hangs on, to put it back when that one was made anew.",
  paths: [portsPath],
  files: (view) => {
    const { model } = view;
    const lines = portLines(view);
    if (lines.length === 0) return [];
    return [
      {
        kind: 'file',
        path: portsPath,
        mode: 0o644,
        syntax: 'none',
        origin: hostPlace(model),
        services: [],
        content: hostLines({ header: header(hostPlace(model), 'its containers and networks'), lines }),
      },
    ];
  },
};
