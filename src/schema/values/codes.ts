/** Every code that a value can be refused with, and what it says, for the manual. */
export const valueProblems = {
  'empty-value': 'Nothing stands after the equals sign.',
  'control-character': 'A value holds a line break, a NUL or another control character, written as an escape.',
  'not-yes-or-no': 'A key that takes yes or no has something else.',
  'not-a-number': 'A key that takes a number has something else.',
  'not-a-size': 'A key that takes a size in bytes has something else.',
  'not-a-duration': 'A key that takes a time has something else.',
  'out-of-range': 'A number, size or time is smaller or larger than it may be.',
  'unknown-choice': 'A key that takes one of several words has another word.',
  'bad-name': 'A name has a character that names cannot have, or is too long.',
  'bad-domain': 'This is no DNS domain.',
  'bad-interface': 'This is no name of a network interface.',
  'bad-address': 'This is no IP address of the kind that the key takes.',
  'bad-prefix': 'This is no address with the length of its prefix.',
  'bad-mac': 'This is no hardware address that an interface can have.',
  'bad-path': 'This is no absolute path.',
  'bad-signal': 'Linux has no signal of this name.',
  'bad-version': 'This is no version number.',
  'bad-ready': 'This is no condition for being ready.',
  'bad-device': 'This is no device with what may be done with it.',
  'bad-mount': 'This is no source and target of a mount.',
  'bad-capability': 'This is no capability with + or - before it.',
  'bad-lxc-line': 'This is no line of an LXC config.',
  'empty-list-item': 'Nothing stands between two commas of a list, or after the last one.',
  'listed-twice': 'A list names the same thing twice.',
} as const satisfies Record<string, string>;

export type ValueCode = keyof typeof valueProblems;
