import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import { nftablesPath } from '../outputs/paths.ts';
import type { DesiredTree } from '../tree/types.ts';

/** Where the service keeps a copy of what it loaded, and what there is for a card: `loaded-eth0` (init.d/lib/nft.sh). */
const copies = '/run/rc-lxc-nft/loaded';

/** What keeps the kernel's rules from being those of the description; undefined when they are. */
export async function loadedProblem(host: Host, tree: DesiredTree): Promise<Problem | undefined> {
  const stem = nftablesPath.replace(/\.nft$/u, '');
  const files = tree.files.flatMap((file) => (file.kind === 'file' && file.path.startsWith(stem) ? [file] : []));
  if (files.length === 0) return undefined;
  for (const { path, content } of files) {
    const loaded = host.readText(`${copies}${path.slice(stem.length).replace(/\.nft$/u, '')}`);
    if (loaded === undefined) return notLoaded(`nothing of ${path} is loaded`, 'rc-service rc-lxc-nft start');
    if (loaded !== content) {
      return notLoaded(
        `what is loaded of ${path} is not what the description asks for`,
        'rc-lxc apply, then rc-service rc-lxc-nft reload',
      );
    }
  }
  const missing = await missingTables(
    host,
    files.map(({ content }) => content),
  );
  return missing === undefined ? undefined : notLoaded(`table ${missing} is gone`, 'rc-service rc-lxc-nft reload');
}

function notLoaded(message: string, hint: string): Problem {
  return problem('rules-not-loaded', message, { hint });
}

/** The first table that the files make and the kernel has not. */
async function missingTables(host: Host, contents: readonly string[]): Promise<string | undefined> {
  const output = await host.run(['nft', 'list', 'tables'], { timeoutMs: 60_000 });
  const there = new Set((output?.stdout ?? '').split('\n').map((line) => line.replace(/^table /u, '').trim()));
  const made = contents.flatMap((content) =>
    [...content.matchAll(/^table (\S+ \S+) \{$/gmu)].map(([, name = '']) => name),
  );
  return made.find((name) => !there.has(name));
}
