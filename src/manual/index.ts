import { commandsPage } from './commands.ts';
import { bashCompletion, zshCompletion } from './completion.ts';
import { languagePage } from './language.ts';
import type { BuiltFile, Edition } from './types.ts';

export type { BuiltFile, Edition } from './types.ts';

/** Everything that is rendered from the registries when rc-lxc is built. `example`: a whole description. */
export function builtFiles(edition: Edition, example: string): readonly BuiltFile[] {
  return [
    { path: 'man/rc-lxc.8', content: commandsPage(edition) },
    { path: 'man/rc-lxc.ini.5', content: languagePage(edition, example) },
    // Named as bash-completion and compinit look for them.
    { path: 'completion/rc-lxc', content: bashCompletion() },
    { path: 'completion/_rc-lxc', content: zshCompletion() },
  ];
}
