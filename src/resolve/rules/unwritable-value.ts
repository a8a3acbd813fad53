import { UnquotableError, quoteLxc } from '../../base/quote/index.ts';
import type { Rule } from './types.ts';

export const unwritableValue: Rule = {
  code: 'unwritable-value',
  severity: 'error',
  summary: 'A value cannot be written to the LXC config: LXC has no way to hold it.',
  check: ({ model, place }, report) => {
    const check = (container: string, key: string, value: string): void => {
      const reason = refusal(value);
      if (reason === undefined) return;
      const message = `${container}: ${key} cannot be written to an LXC config: ${reason}`;
      report(message, place('container', container, key), 'give it another value, or remove the line');
    };
    // What else comes from the description as it stands is made of names and numbers, or is escaped.
    for (const { name, rootfs, sysctl } of model.containers) {
      check(name, 'rootfs', rootfs);
      for (const [parameter, value] of sysctl) check(name, `sysctl.${parameter}`, value);
    }
  },
};

function refusal(value: string): string | undefined {
  try {
    quoteLxc(value);
    return undefined;
  } catch (error) {
    if (error instanceof UnquotableError) return error.reason;
    throw error;
  }
}
