import { families, reachKeys } from '../../src/docs/measured.ts';
import type { NetworkType } from '../../src/networks/types.ts';

/** A type that promises otherwise, in one thing, by what that is. */
export type Turned = readonly [what: string, change: (type: NetworkType) => Partial<NetworkType>];

/** Every promise of a network type that pages tell of, turned round. */
export const turnedPromises: readonly Turned[] = [
  ...families.flatMap((family) =>
    reachKeys.map((key): Turned => [
      `reach ${family} ${key}`,
      ({ reach }) => ({
        reach: (network, of) => {
          const all = reach(network, of);
          return of === (family === 'ipv4' ? 4 : 6) ? { ...all, [key]: !all[key] } : all;
        },
      }),
    ]),
  ),
  ['promiscuous', ({ promiscuous }) => ({ promiscuous: (network) => promiscuous(network) !== true })],
  [
    'promiscuous once asked for',
    ({ promiscuousWhenAsked }) => ({
      promiscuousWhenAsked: (network) => promiscuousWhenAsked?.(network) !== true,
    }),
  ],
  [
    'sources held',
    ({ holds }) => ({
      holds: (network) => ({ ...holds(network), sources: holds(network).sources === 'nothing' ? 'all' : 'nothing' }),
    }),
  ],
  [
    'policy held',
    ({ holds }) => ({
      holds: (network) => ({ ...holds(network), policy: holds(network).policy === 'nothing' ? 'all' : 'nothing' }),
    }),
  ],
];
