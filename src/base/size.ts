const units: readonly string[] = ['', 'K', 'M', 'G', 'T'];

/** Reads `512M`, `1.5G`, `4096` (bytes) into whole bytes; K M G T are powers of 1024. Undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([KMGT]?)$/u.exec(text);
  if (match === null) return undefined;
  const [, digits = '', unit = ''] = match;
  const bytes = Number(digits) * 1024 ** units.indexOf(unit);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Bytes in the form that parseSize reads, in the largest unit that needs no fraction: 536870912 → `512M`. */
export function formatSize(bytes: number): string {
  let rest = bytes;
  let power = 0;
  while (rest >= 1024 && rest % 1024 === 0 && power < units.length - 1) {
    rest /= 1024;
    power += 1;
  }
  return `${rest}${units[power]}`;
}
