import { UserError } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { DesiredRegular } from '../tree/types.ts';
import { checkDirectory, type Candidate } from './check/candidate.ts';
import { checkDnsmasq } from './check/dnsmasq.ts';
import { checkLxc } from './check/lxc.ts';
import { checkNft } from './check/nft.ts';
import { checkShell } from './check/sh.ts';
import type { Staged } from './stage.ts';

/**
 * Has every staged file read by the program that will read it: `sh -n`, `nft -c`, LXC's parser, `dnsmasq --test`. One that is not
 * installed cannot say, and is passed over; under another root nothing is asked. Few processes for any number of files.
 * @throws UserError with the place in the description that each refused file comes from.
 */
export async function validate(host: Host, staged: readonly Staged[]): Promise<void> {
  if (!host.live) return;
  const files = staged.flatMap((item) => candidate(item));
  const of = (syntax: DesiredRegular['syntax']) => files.filter(({ desired }) => desired.syntax === syntax);
  host.removeTree(checkDirectory);
  host.makeDirectory(checkDirectory);
  try {
    const problems = [
      ...(await checkShell(host, of('sh'))),
      ...(await checkNft(host, of('nft'))),
      ...(await checkLxc(host, of('lxc'))),
      ...(await checkDnsmasq(host, of('dnsmasq'))),
    ];
    if (problems.length > 0) throw new UserError(problems);
  } finally {
    host.removeTree(checkDirectory);
  }
}

function candidate({ path, staged, change }: Staged): readonly Candidate[] {
  const desired = change !== undefined && 'desired' in change ? change.desired : undefined;
  return desired?.kind === 'file' ? [{ path, staged, desired }] : [];
}
