import { gunzipSync } from 'node:zlib';

import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import { listed } from '../base/listed.ts';
import type { Host } from '../host/types.ts';
import { neededOptions } from '../kernel/catalogue.ts';
import type { KernelEntry } from '../kernel/catalogue.ts';
import type { HostModel } from '../resolve/model.ts';

/** What a kernel has; `unknown` where nothing says. */
export interface Kernel {
  /** `6.18.44`, as uname(2) has it; absent when none is known. */
  readonly release?: string;
  /** What says it: a path; absent when nothing does. */
  readonly source?: string;
  /** An option, by its name and the module that it makes. */
  has(option: { readonly name: string; readonly module?: string }): 'yes' | 'no' | 'unknown';
}

/** By the running system alone: what lies below another root is not what runs. */
export function runningKernel(host: Host): Kernel {
  return host.live ? installedKernel(host) : { has: () => 'unknown' };
}

/**
 * The kernel that runs, or below another root the newest that is installed there. By its configuration: its own
 * (/proc/config.gz), the file that distributions install beside it, or that of the sources it was built from; where there
 * is none, by the modules that are loaded or lie ready.
 */
export function installedKernel(host: Host): Kernel {
  const release = host.live ? host.readText('/proc/sys/kernel/osrelease')?.trim() : newest(host);
  if (release === undefined) return { has: () => 'unknown' };
  const found = configOf(host, release);
  if (found !== undefined) {
    const set = new Set([...found.text.matchAll(/^(CONFIG_\w+)=[ym]$/gmu)].map(([, name = '']) => name));
    return { release, source: found.path, has: ({ name }) => (set.has(name) ? 'yes' : 'no') };
  }
  const modules = moduleNames(host, release);
  return {
    release,
    ...(modules.size === 0 ? {} : { source: `/lib/modules/${release}` }),
    has: ({ module }) => hasModule(host, modules, module),
  };
}

/** Of what is installed below a root, by its modules or its configuration. */
function newest(host: Host): string | undefined {
  const configs = host.list('/boot').flatMap((name) => /^config-(.+)$/u.exec(name)?.[1] ?? []);
  const order = new Intl.Collator('en', { numeric: true });
  return [...host.list('/lib/modules'), ...configs].toSorted(order.compare).at(-1);
}

function configOf(host: Host, release: string): { readonly path: string; readonly text: string } | undefined {
  const own = ownConfig(host);
  if (own !== undefined) return { path: '/proc/config.gz', text: own };
  const modules = `/lib/modules/${release}`;
  for (const path of [`/boot/config-${release}`, `${modules}/config`, `${modules}/build/.config`]) {
    const text = host.readText(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

/** undefined where the kernel does not show it, or shows something else. */
function ownConfig(host: Host): string | undefined {
  if (!host.live) return undefined;
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
  if (known.has(module) || (host.live && host.isDirectory(`/sys/module/${module}`))) return 'yes';
  return known.size === 0 ? 'unknown' : 'no';
}

/** What the description needs of the kernel and the kernel has not: warnings where things work all the same. */
export function missingOptions(kernel: Kernel, model: HostModel): readonly Problem[] {
  return neededOptions(model)
    .filter(({ option, module }) => kernel.has({ name: option, ...(module === undefined ? {} : { module }) }) === 'no')
    .map((entry) => missing(entry, model));
}

function missing({ option, why, feature, users, optional }: KernelEntry, model: HostModel): Problem {
  const who = users?.(model) ?? [];
  const subject = who.length === 0 ? '' : `${listed(who.map(({ name }) => name))}: `;
  const others = feature.startsWith('network:') ? '; rc-lxc networks says what other types this one has' : '';
  return problem('kernel-option-missing', `${subject}this kernel has no ${option}: ${why}`, {
    severity: optional === true ? 'warning' : 'error',
    where: who[0]?.where,
    hint: `build the kernel with ${option}${others}`,
  });
}
