import { UserError, problem } from '../base/errors.ts';
import { problemsToJson } from '../base/report.ts';
import type { DesiredFile, DesiredTree } from '../tree/types.ts';
import { counted, loadTree, warningNotes } from './pipeline.ts';
import type { Command, TreeEntry } from './types.ts';

export const renderCommand: Command = {
  name: 'render',
  summary: 'write the tree below a directory, without touching the host',
  description:
    'Writes every file that the description asks for below DIR, which must be absent or empty. Needs neither root nor a network, and starts nothing. ' +
    'Lines that belong into a shared file (/etc/subuid) are written as a file that holds them alone; runlevels are links, as on the host.',
  arguments: [],
  options: [
    { flags: '-o, --output <dir>', summary: 'where to write the tree', required: true, completes: 'directory' },
  ],
  examples: [['rc-lxc render --output /tmp/tree', 'look at all that apply would write']],
  async run(context, _args, options) {
    const output = String(options['output']);
    if (output === '') {
      throw new UserError(
        problem('no-output', 'render needs to know where to write', { hint: 'rc-lxc render --output DIR' }),
      );
    }
    const { model, tree, warnings } = await loadTree(context);
    const entries = treeEntries(tree);
    context.files.writeTree(output, entries);
    const summary = `${counted(entries.length, 'file')} for ${counted(tree.containers.length, 'container')} below ${output}, for LXC ${model.host.lxc}`;
    return {
      exitCode: 0,
      text: summary,
      notes: warningNotes(warnings, context),
      json: {
        output,
        lxc: model.host.lxc,
        files: entries.map(({ path }) => path),
        problems: problemsToJson(warnings),
      },
    };
  },
};

/** The tree as plain files and links, runlevels included. */
export function treeEntries(tree: DesiredTree): readonly TreeEntry[] {
  const links = Array.from(tree.runlevels, ([service, runlevel]) => ({
    path: `/etc/runlevels/${runlevel}/${service}`,
    target: `/etc/init.d/${service}`,
  }));
  return [...tree.files.map((file) => entry(file)), ...links];
}

function entry(file: DesiredFile): TreeEntry {
  switch (file.kind) {
    case 'file':
      return { path: file.path, content: file.content, mode: file.mode };
    case 'link':
      return { path: file.path, target: file.target };
    case 'lines':
      return { path: file.path, content: file.lines.map((line) => `${line}\n`).join(''), mode: 0o644 };
  }
}
