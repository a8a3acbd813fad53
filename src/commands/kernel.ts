import { gunzipSync } from 'node:zlib';

import type { Host } from '../host/types.ts';
import type { KernelOption } from '../networks/types.ts';

/** What the kernel that runs has; `unknown` where nothing says. */
export interface Kernel {
  /** `6.18.44`, as uname(2) has it; absent when this is no running system. */
  readonly release?: string;
  has(option: KernelOption): 'yes' | 'no' | 'unknown';
}

const nothingKnown: Kernel = { has: () => 'unknown' };

/**
 * By its configuration (/proc/config.gz, or the file that distributions install beside the kernel); where there is none,
 * by the modules that are loaded or lie ready.
 */
export function runningKernel(host: Host): Kernel {
  if (!host.live) return nothingKnown;
  const release = host.readText('/proc/sys/kernel/osrelease')?.trim();
  if (release === undefined) return nothingKnown;
  const config = ownConfig(host) ?? host.readText(`/boot/config-${release}`);
  if (config !== undefined) {
    const set = new Set([...config.matchAll(/^(CONFIG_\w+)=[ym]$/gmu)].map(([, name = '']) => name));
    return { release, has: ({ name }) => (set.has(name) ? 'yes' : 'no') };
  }
  const modules = moduleNames(host, release);
  return { release, has: ({ module }) => hasModule(host, modules, module) };
}

/** undefined where the kernel does not show it, or shows something else. */
function ownConfig(host: Host): string | undefined {
  const found = host.look('/proc/config.gz');
  if (found.kind !== 'file' || found.encoding !== 'latin1') return undefined;
  try {
    return gunzipSync(Buffer.from(found.content, 'latin1')).toString();
  } catch {
    return undefined;
  }
}

/** Those of modules.dep and modules.builtin (depmod(8)); `-` and `_` are the same. None where the files are not there. */
function moduleNames(host: Host, release: string): ReadonlySet<string> {
  const lists = ['dep', 'builtin'].map((list) => host.readText(`/lib/modules/${release}/modules.${list}`) ?? '');
  const names = lists.join('\n').matchAll(/^[^:\s]*?([^/:\s]+)\.ko(?:\.\w+)?(?::|$)/gmu);
  return new Set([...names].map(([, name = '']) => name.replaceAll('-', '_')));
}

function hasModule(host: Host, known: ReadonlySet<string>, module: string | undefined): 'yes' | 'no' | 'unknown' {
  if (module === undefined) return 'unknown';
  if (known.has(module) || host.isDirectory(`/sys/module/${module}`)) return 'yes';
  return known.size === 0 ? 'unknown' : 'no';
}
