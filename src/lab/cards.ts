import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Two network cards of this machine that are joined to each other and to nothing else. */
export interface CardPair {
  /** The one for the host. */
  readonly card: Card;
  /** The one at the other end, for the network outside. */
  readonly wire: Card;
}

interface Card {
  /** Its name under /sys/bus/virtio/devices, which stays whatever the interface is called. */
  readonly device: string;
  readonly mac: string;
}

/** Where a card goes: a network namespace, by one of its processes, and what it is called there. */
export interface Place {
  readonly pid: number;
  readonly name: string;
  readonly mac?: string;
}

/** What the first process of our virtual machine leaves: a line a pair, `DEVICE MAC DEVICE MAC`. */
const list = '/run/rc-lxc-vm/pairs';

/**
 * The pairs of cards with a real address filter that this machine has for throw-away hosts: those of our virtual
 * machine, in their order, and none elsewhere.
 */
export function cardPairs(): CardPair[] {
  return existsSync(list) ? parsePairs(readFileSync(list, 'utf8')) : [];
}

export function parsePairs(text: string): CardPair[] {
  return text.split('\n').flatMap((line) => {
    const [device = '', mac = '', wire = '', wireMac = ''] = line.split(' ');
    return wireMac === '' ? [] : [{ card: { device, mac }, wire: { device: wire, mac: wireMac } }];
  });
}

/** A card comes back from a host that has ended when the kernel has taken its namespace down. */
const returnMs = 10_000;

/**
 * Moves a card, as if it were new, from this machine into a namespace, from which it returns when the namespace ends.
 * Throws when another host has it.
 */
export async function moveCard({ device, mac }: Card, place: Place): Promise<void> {
  const now = await interfaceOf(device);
  ip([
    `link set ${now} down promisc off allmulticast off mtu 1500 address ${place.mac ?? mac}`,
    `link set ${now} netns ${String(place.pid)} name ${place.name}`,
  ]);
}

/** What a card is called on this machine; sysfs shows it only while it is here. */
async function interfaceOf(device: string): Promise<string> {
  const folder = `/sys/bus/virtio/devices/${device}/net`;
  for (const end = performance.now() + returnMs; performance.now() < end;) {
    const [name] = existsSync(folder) ? readdirSync(folder) : [];
    if (name !== undefined) return name;
    await setTimeout(50);
  }
  throw new Error(`the network card ${device} is not there, or a host that has not ended has it`);
}

function ip(lines: readonly string[]): void {
  const result = spawnSync('ip', ['-batch', '-'], { input: lines.join('\n'), encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`cannot move a network card: ${result.stderr.trim()}`);
}
