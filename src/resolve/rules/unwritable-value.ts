import type { Place } from '../../base/errors.ts';
import { UnquotableError, quoteLxc } from '../../base/quote/index.ts';
import type { Rule } from './types.ts';

export const unwritableValue: Rule = {
  code: 'unwritable-value',
  severity: 'error',
  summary: 'A value cannot be written to the LXC config: LXC has no way to hold it.',
  check: ({ model, place }, report) => {
    for (const { name, rootfs, sysctl } of model.containers) {
      // What else comes from the description as it stands is made of names and numbers, or escaped.
      const free: readonly (readonly [string, string])[] = [['rootfs', rootfs], ...sysctlValues(sysctl)];
      for (const [key, value] of free) {
        const reason = refusal(value);
        if (reason === undefined) continue;
        const where: Place = place('container', name, key);
        report(
          `${name}: ${key} cannot be written to an LXC config: ${reason}`,
          where,
          'give it another value, or remove the line',
        );
      }
    }
  },
};

function sysctlValues(sysctl: ReadonlyMap<string, string>): (readonly [string, string])[] {
  return sysctl.size === 0 ? [] : [...sysctl].map(([name, value]) => [`sysctl.${name}`, value] as const);
}

function refusal(value: string): string | undefined {
  try {
    quoteLxc(value);
    return undefined;
  } catch (error) {
    if (error instanceof UnquotableError) return error.reason;
    throw error;
  }
}
