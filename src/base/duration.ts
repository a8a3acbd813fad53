const secondsOf: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Reads `90`, `90s`, `5m`, `1h`, `1h30m` into seconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/u.test(text)) return safe(Number(text));
  if (!/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/u.test(text) || text === '') return undefined;
  const parts = [...text.matchAll(/(\d+)([hms])/gu)];
  return safe(parts.reduce((sum, [, digits, unit = 's']) => sum + Number(digits) * (secondsOf[unit] ?? 1), 0));
}

function safe(seconds: number): number | undefined {
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

/** Whole seconds in the form that parseDuration reads: 5400 → `1h30m`, 0 → `0s`. */
export function formatDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [
    hours > 0 ? `${hours}h` : '',
    minutes > 0 ? `${minutes}m` : '',
    seconds % 60 > 0 ? `${seconds % 60}s` : '',
  ];
  return parts.join('') || '0s';
}
