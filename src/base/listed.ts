/** As many as are read at a glance. */
const most = 5;

/** `web1, db1`; of many the first ones, and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
