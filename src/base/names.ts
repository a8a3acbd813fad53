/** The rule for names of the description, in words; `isName` is the rule itself. */
export const nameRule = 'a name is a letter, then letters, digits and dashes, 63 at most';

/** A name of the description: what DNS takes as a label, a file as a name and a shell script as a word. */
export function isName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,62}$/u.test(text);
}

export const interfaceRule = 'the name of an interface is letters, digits, dots, dashes and underscores, 15 at most';

/** The name of an interface as scripts can handle it; the kernel would take more (dev_valid_name), never more than 15 bytes. */
export function isInterfaceName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,14}$/u.test(text);
}

/**
 * OpenRC's own runlevels, and the words that init calls it with. `conf.d/lxc.NAME` of a container so named would be
 * read as `conf.d/lxc` of that runlevel, by every container.
 */
export const runlevelNames: readonly string[] = [
  'boot',
  'default',
  'nonetwork',
  'off',
  'reboot',
  'recovery',
  'shutdown',
  'single',
  'sysinit',
];
