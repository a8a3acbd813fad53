import * as fs from 'node:fs';

/**
 * Removes a directory and all below it. Links are removed, not followed. Refused (EBUSY) while anything is mounted
 * below: in a rootfs that a template left half made that may be the host's own /dev.
 */
export function removeTree(top: string): void {
  if (mountPoints().some((point) => point === top || point.startsWith(`${top}/`))) {
    throw Object.assign(new Error(`something is mounted below ${top}`), { code: 'EBUSY' });
  }
  fs.rmSync(top, { recursive: true, force: true });
}

/** The fifth field of each line of /proc/self/mountinfo (proc_pid_mountinfo(5)), with its octal escapes undone. */
function mountPoints(): readonly string[] {
  const lines = fs.readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return lines.map((line) =>
    (line.split(' ')[4] ?? '').replaceAll(/\\([0-7]{3})/gu, (_, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, 8)),
    ),
  );
}
