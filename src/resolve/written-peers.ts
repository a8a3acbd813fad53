import type { Place } from '../base/errors.ts';
import { placeInText } from './place.ts';
import type { Description } from './description.ts';

/** Peers that are no names of the description. */
export const reservedPeers: ReadonlySet<string> = new Set(['any', 'none', 'host', 'outside']);

/** A peer that is named somewhere, and where. */
export interface WrittenPeer {
  readonly name: string;
  readonly where: Place;
}

/** Every name that stands as a peer, each place once, however many containers use a profile. */
export function writtenPeers(description: Description): readonly WrittenPeer[] {
  const found = new Map<string, WrittenPeer>();
  const add = (name: string | undefined, where: Place): void => {
    if (name === undefined || reservedPeers.has(name)) return;
    const at = placeInText(where, name);
    found.set(`${at.file}:${at.line}:${at.column} ${name}`, { name, where: at });
  };
  for (const section of [...description.containers, ...description.profiles.values()]) {
    for (const key of ['allow-in', 'allow-out'] as const) {
      if (!section.has(key)) continue;
      for (const peer of section.get(key, 'peer-list') ?? []) add(peer.name, section.place(key));
    }
  }
  for (const section of description.expects) {
    add(section.get('from', 'name'), section.place('from'));
    add(section.get('to', 'peer')?.name, section.place('to'));
  }
  return [...found.values()];
}
