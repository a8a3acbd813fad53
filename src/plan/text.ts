import { styleText } from 'node:util';

import { unifiedDiff } from '../base/unified-diff.ts';
import type { Change, Drift, Found, Plan } from './types.ts';

const reasons: Readonly<Record<Drift['reason'], string>> = {
  edited: 'edited by hand; kept, and the new version was put beside it',
  mode: 'its mode was changed by hand; kept',
  foreign: 'not written by rc-lxc; kept',
  left: 'edited by hand and wanted no more; left where it is',
};

/** The plan for a person: a unified diff of every file, then links, runlevels, what is left alone, and a line that counts. */
export function planText(plan: Plan, options: { colour: boolean }): string {
  const parts = [
    ...plan.changes.map((change) => changeText(change)),
    ...plan.runlevelAdds.map(({ service, runlevel }) => `+ runlevel ${runlevel}: ${service}\n`),
    ...plan.runlevelRemoves.map(({ service, runlevel }) => `- runlevel ${runlevel}: ${service}\n`),
    ...plan.removedContainers.map(({ name }) => `- container ${name}: it is stopped first; its rootfs stays\n`),
    ...plan.movedContainers.map(
      ({ name }) => `~ container ${name}: it is stopped first; its directory is another one\n`,
    ),
    ...plan.drift.map(({ path, reason }) => `! ${path}: ${reasons[reason]}\n`),
  ];
  const text = parts.join('');
  return `${options.colour ? coloured(text) : text}${planSummary(plan)}`;
}

/** `3 to create, 1 to change …`, or with `done` `3 created, 1 changed …`; one line. */
export function planSummary(plan: Plan, done = false): string {
  const count = (...actions: readonly Change['action'][]) =>
    plan.changes.filter(({ action }) => actions.includes(action)).length;
  const links = plan.runlevelAdds.length + plan.runlevelRemoves.length;
  const counts = [
    [count('create'), done ? 'created' : 'to create'],
    [count('replace', 'take-over', 'release'), done ? 'changed' : 'to change'],
    [count('remove'), done ? 'removed' : 'to remove'],
    [count('beside'), 'kept because edited, the new version beside'],
    [links, links === 1 ? 'runlevel link' : 'runlevel links'],
    [plan.drift.length, 'left as changed by hand'],
  ] as const;
  const told = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const restart = done || plan.restarts.length === 0 ? '' : `; to restart: ${plan.restarts.join(' ')}`;
  return `${told.length === 0 ? 'nothing to change' : told.join(', ')}${restart}`;
}

function changeText(change: Change): string {
  const before = asText(change.before);
  if (change.action === 'remove') return patch(change.path, before, '', '(now)', '(removed)');
  const after = change.after.kind === 'file' ? change.after.content : `link to ${change.after.target}\n`;
  if (change.action === 'beside') {
    return patch(
      change.path,
      before,
      after,
      '(edited by hand, kept)',
      `(new, beside as ${change.beside.slice(change.beside.lastIndexOf('/') + 1)})`,
    );
  }
  return `${patch(change.path, before, after, '(now)', '(new)')}${modeText(change)}`;
}

function modeText(change: Exclude<Change, { action: 'remove' }>): string {
  if (change.before.kind !== 'file' || change.after.kind !== 'file' || change.before.mode === change.after.mode)
    return '';
  return `mode ${change.before.mode.toString(8)} -> ${change.after.mode.toString(8)}: ${change.path}\n`;
}

function asText(found: Found): string {
  switch (found.kind) {
    case 'file':
      return found.content;
    case 'link':
      return `link to ${found.target}\n`;
    case 'absent':
    case 'other':
      return '';
  }
}

/** A unified diff that `patch` takes, control characters made visible: a file on the host may hold any. */
function patch(path: string, before: string, after: string, beforeNote: string, afterNote: string): string {
  if (before === after) return '';
  const body = unifiedDiff([before === '' ? '/dev/null' : path, after === '' ? '/dev/null' : path], [before, after], {
    notes: [beforeNote, afterNote],
    context: 3,
  });
  return body.replaceAll(
    /[^\P{Cc}\n\t]/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function coloured(text: string): string {
  return text.replaceAll(/^(?:---|\+\+\+).*|^[+-].*|^@@.*|^!.*/gmu, (line) => {
    if (line.startsWith('---') || line.startsWith('+++')) return styleText('bold', line, { validateStream: false });
    if (line.startsWith('+')) return styleText('green', line, { validateStream: false });
    if (line.startsWith('-')) return styleText('red', line, { validateStream: false });
    return styleText(line.startsWith('@@') ? 'cyan' : 'yellow', line, { validateStream: false });
  });
}
