import { lxcKeyProblem } from '../../lxc/check.ts';
import { placeInText } from '../place.ts';
import type { Rule } from './types.ts';

export const lxcKeyMissing: Rule = {
  code: 'lxc-key-missing',
  severity: 'error',
  summary: 'A line for the LXC config has a key that other LXCs have, but not the one written for.',
  check: ({ model }, report) => {
    for (const { name, raw } of model.containers) {
      for (const { key, where } of raw) {
        const found = lxcKeyProblem(key, model.host.lxc);
        if (found === undefined || found.kind === 'unknown') continue;
        const when = found.kind === 'later' ? `it came with ${found.since}` : lastHad(found.kind, found.until);
        report(
          `${name}: LXC ${model.host.lxc} has no ${key}: ${when}`,
          placeInText(where, key),
          found.replacement === undefined ? 'remove the line' : `write ${found.replacement} instead`,
        );
      }
    }
  },
};

function lastHad(kind: 'legacy' | 'gone', until: string | undefined): string {
  return kind === 'legacy' ? `LXC ${until} was the last that took it` : `it went with ${until}`;
}
