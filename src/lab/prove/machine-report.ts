import type { ThrowawayHost } from '../host.ts';
import { isVirtual } from '../machine.ts';
import type { Machine } from './report.ts';

const script = `
uname -r
lxc-start --version
openrc --version 2>/dev/null
nft --version
date -u +%Y-%m-%dT%H:%M:%SZ`;

/** `0.45.2` of `openrc (OpenRC) 0.45.2`. */
function version(text: string): string {
  return /\d[\w.]*/u.exec(text)?.[0] ?? text;
}

/** What it ran on. */
export async function machineOf(host: ThrowawayHost, rcLxc: string): Promise<Machine> {
  const { stdout } = await host.sh(script);
  const [kernel = '', lxc = '', openrc = '', nft = '', date = ''] = stdout.split('\n');
  return {
    date,
    kernel,
    lxc: version(lxc),
    openrc: version(openrc),
    nftables: version(nft),
    rcLxc,
    virtual: isVirtual(),
  };
}
