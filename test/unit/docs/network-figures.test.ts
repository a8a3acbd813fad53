import { describe, expect, it } from 'vitest';
import { checkNetworkFigures, ratioDistances, speedRows } from '../../../src/docs/network-figures.ts';
import type { Figure, FormFigures, NetworkFigures } from '../../../src/docs/network-figures.ts';

const figure = (throughputRatio: number, latencyRatio: number): Figure => ({
  gigabits: 10,
  microseconds: 20,
  throughputRatio,
  latencyRatio,
});

const [half, most] = [figure(0.5, 2), figure(0.8, 1.5)];

function file(forms: Readonly<Record<string, FormFigures>>, machine: NetworkFigures['machine']): NetworkFigures {
  const figures = {
    rounds: 3,
    secondsEach: 1,
    plainBridge: { own: { outside: figure(1, 1) } },
    types: { some: forms },
  };
  return { what: '', machine, figures };
}

const both = file(
  {
    plain: { keys: {}, directions: { outside: { own: half, virtual: figure(0.6, 2) }, host: { own: most } } },
    lacking: { keys: { mode: 'lacking' }, directions: { outside: { virtual: most } } },
    bare: { keys: {}, nothing: 'It reaches nothing.' },
  },
  { own: {}, virtual: {} },
);

describe('the figures of the network types', () => {
  it('are shown by the own kernel, where it has the form', () => {
    checkNetworkFigures(both);
    expect(speedRows(both)).toEqual([
      { type: 'some', label: 'plain', kernel: 'own', figures: { outside: half, host: most } },
      { type: 'some', label: 'lacking', kernel: 'virtual', figures: { outside: most } },
    ]);
  });

  it('say how far the kernels are apart', () => {
    expect(ratioDistances(both, 'throughputRatio').map((each) => each.toFixed(2))).toEqual(['0.20']);
    expect(ratioDistances(both, 'latencyRatio')).toEqual([0]);
  });

  it.each([
    ['figures.types.some.plain.outside: no machine virtual', both.figures.types['some'] ?? {}, { own: {} }],
    [
      'figures.types.some.plain.host.own.gigabits: no number above 0',
      { plain: { keys: {}, directions: { host: { own: { ...half, gigabits: Number.NaN } } } } },
      { own: {} },
    ],
    ['figures.types.some.plain: either directions, or nothing and why', { plain: { keys: {} } }, { own: {} }],
  ])('are refused: %s', (message, forms, machine) => {
    expect(() => checkNetworkFigures(file(forms, machine))).toThrow(message);
  });
});
