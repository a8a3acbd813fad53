import { ownedLine } from '../../lxc/owned.ts';
import { placeInText } from '../place.ts';
import type { Rule } from './types.ts';

/** Adds to the list of devices, and is the only way for one without a fixed number. */
const additions = new Set(['lxc.cgroup.devices.allow', 'lxc.cgroup2.devices.allow']);

export const rawKeyIsOurs: Rule = {
  code: 'raw-key-is-ours',
  severity: 'error',
  summary: 'A line for the LXC config is one that rc-lxc writes itself.',
  check: ({ model }, report) => {
    for (const { name, raw } of model.containers) {
      for (const { key, where } of raw) {
        const owned = additions.has(key) ? undefined : ownedLine(key);
        if (owned === undefined) continue;
        report(
          `${name}: ${key} is written by rc-lxc itself, and would stand there twice`,
          placeInText(where, key),
          owned.use === undefined ? 'remove the line' : `remove the line; the key for it is \`${owned.use}\``,
        );
      }
    }
  },
};
