/** What a program said, as a problem's message holds it: the last lines of it in one, without OpenRC's marks. */
export function oneLine(text: string, most = 10): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim().replace(/^\*\s+/u, ''))
    .filter((line) => line !== '' && !/^\[ (?:!!|ok) \]$/u.test(line));
  return lines.slice(-most).join('; ');
}
