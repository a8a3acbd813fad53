import type { Problem } from '../../base/errors.ts';
import type { Host } from '../../host/types.ts';
import { refusal, type Candidate } from './candidate.ts';

/** What nft says when it may not, or cannot, talk to the kernel: in a chroot, or where the kernel has no nftables. */
const noKernel = /initialization failed|netlink socket|operation not permitted/iu;

/** `nft -c` asks the kernel, too, so it is only asked as root. */
export async function checkNft(host: Host, files: readonly Candidate[]): Promise<readonly Problem[]> {
  if (!host.isRoot) return [];
  const problems: Problem[] = [];
  for (const file of files) {
    const output = await host.run(['nft', '-c', '-f', file.staged], { timeoutMs: 60_000 });
    if (output === undefined || output.exitCode === 0 || noKernel.test(output.stderr)) continue;
    problems.push(refusal(file, 'nft', output.stderr));
  }
  return problems;
}
