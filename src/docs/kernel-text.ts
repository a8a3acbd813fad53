import type { KernelEntry } from '../kernel/types.ts';

/**
 * Options of the kernel for features, as a fragment that its merge_config.sh takes: a comment that says what fails without
 * it, then the option; a module where it can be one. Each option stands once.
 * @throws Error for a feature that nothing needs an option for.
 */
export function kernelText(entries: readonly KernelEntry[], features: readonly string[]): string {
  const options = new Map<string, KernelEntry[]>();
  for (const feature of features) {
    const found = entries.filter((entry) => entry.feature === feature);
    if (found.length === 0) throw new Error(`no option of the kernel is for ${feature}`);
    for (const entry of found) options.set(entry.option, [...(options.get(entry.option) ?? []), entry]);
  }
  return [...options].map(([option, found]) => `${reasons(found)}${option}=${valueOf(found)}\n`).join('');
}

function reasons(entries: readonly KernelEntry[]): string {
  const all = new Set(
    entries.map(({ why, optional }) => (optional === true ? `optional; without it ${why}` : `without it ${why}`)),
  );
  return [...all].map((why) => `# ${why}\n`).join('');
}

const valueOf = (entries: readonly KernelEntry[]): 'm' | 'y' =>
  entries.some(({ module }) => module !== undefined) ? 'm' : 'y';
