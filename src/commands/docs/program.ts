import type { Facts, Program } from '../../docs/facts.ts';
import { makeFacts } from '../../docs/facts.ts';
import { folderOf } from '../../ebuild/overlay.ts';
import { packages } from '../../ebuild/packages.ts';
import { commonOptions, exitStatuses, firstSteps, purpose } from '../common.ts';
import { hostChecks } from '../doctor/index.ts';
import type { Context } from '../types.ts';

/** What pages are told; the registry of commands is asked for when it is there, since this is one of them. */
export async function factsOf({ version }: Pick<Context, 'version'>): Promise<Facts> {
  const { commands } = await import('../index.ts');
  const program: Program = {
    version,
    purpose,
    commands,
    commonOptions,
    exitStatuses,
    firstSteps,
    packages: packages.map(({ name, homepages: [homepage = ''], flags }) => ({
      name,
      atom: folderOf(name),
      homepage,
      flags,
    })),
    checks: hostChecks.map(({ name, summary }) => ({ name, summary })),
  };
  return makeFacts(program);
}
