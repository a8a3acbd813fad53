import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AttackReport } from '../../../src/lab/endpoint.ts';
import type { TableEntry } from './attack-table.ts';
import type { AttackedHost, Station } from './attacked-host.ts';

/** What is on its way when the last frame has left. */
const arrivalMs = 400;

export type Observer = 'victim' | 'near' | 'own' | 'wire';

export interface Outcome {
  readonly report: AttackReport | undefined;
  /** Who saw frames with its marker, or was handed a datagram with it. */
  readonly seenBy: ReadonlySet<Observer>;
}

/** Sends all of them at once, and says who saw what. Sniffers that lost frames would prove nothing: it throws. */
export async function outcomes(at: AttackedHost, table: readonly TableEntry[]): Promise<readonly Outcome[]> {
  const stations: readonly (readonly [Observer, Station | undefined])[] = [
    ['victim', at.victim],
    ['near', at.near],
    ['own', at.own],
  ];
  const there = stations.flatMap(([name, station]) => (station === undefined ? [] : [{ name, ...station }]));
  const sniffers = await Promise.all([
    // What is seen there has not passed a rule yet: what is handed to programs counts alone.
    ...there
      .filter(({ interface: link }) => !link.startsWith('bad-'))
      .map(async ({ name, endpoint, interface: link }) => ({
        name,
        sniffer: await endpoint.sniff({ interface: link, keep: 0 }),
      })),
    (async () => ({
      name: 'wire' as const,
      sniffer: await at.wire.sniff({ interface: 'uplink', promiscuous: true, keep: 0 }),
    }))(),
  ]);
  const reports = await at.bad.endpoint.attack(table.map(({ attack }) => attack));
  await pause(arrivalMs);
  const seen = new Map<string, Set<Observer>>();
  const note = (marker: string, name: Observer): void => {
    seen.set(marker, (seen.get(marker) ?? new Set()).add(name));
  };
  for (const { name, sniffer } of sniffers) {
    const { markers, dropped } = await sniffer.stop();
    expect(dropped).toBe(0);
    for (const marker of Object.keys(markers)) note(marker, name);
  }
  for (const { name, endpoint } of there) {
    for (const { markers } of await endpoint.seen({ clear: true })) for (const marker of markers) note(marker, name);
  }
  return table.map(({ attack }, index) => ({ report: reports[index], seenBy: seen.get(attack.marker) ?? new Set() }));
}
