import { quoteLxc } from '../base/quote/index.ts';
import { lxcGroups } from '../resolve/lxc/index.ts';
import type { LxcGroup } from '../resolve/lxc/index.ts';
import { header } from './header.ts';
import { plainLine } from './lines.ts';
import { configFile } from './paths.ts';
import { partRenderer, renderer } from './render.ts';
import type { Renderer, Written } from './render.ts';
import type { OutputKind } from './types.ts';

const config: Renderer<{ readonly header: readonly string[]; readonly groups: readonly Written[] }> = renderer(
  'container/config',
  quoteLxc,
);

const renderGroup: (group: LxcGroup) => Written = partRenderer('container/group', quoteLxc, {
  asWritten: (line) => plainLine(line.trimEnd()),
});

/** Groups that are the same for many containers are one value: rendered once. */
const rendered = new WeakMap<LxcGroup, Written>();

function groupText(group: LxcGroup): Written {
  if (group.isShared !== true) return renderGroup(group);
  const known = rendered.get(group) ?? renderGroup(group);
  rendered.set(group, known);
  return known;
}

export const configs: OutputKind = {
  name: 'configs',
  summary: 'The LXC config of each container: complete in itself, for the LXC that the description names.',
  paths: ['LXC-PATH/NAME/config'],
  files: ({ model }) =>
    model.containers.map((container) => ({
      kind: 'file',
      path: configFile(model, container),
      // `raw` may hold secrets (lxc.environment).
      mode: 0o640,
      syntax: 'lxc',
      origin: container.where,
      services: [container.service],
      content: config({
        header: header(container.where, `[container ${container.name}]`),
        groups: lxcGroups(model, container).map((group) => groupText(group)),
      }),
    })),
};
