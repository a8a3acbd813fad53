import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import metadata from '../../../package.json' with { type: 'json' };
import { check } from '../../../src/commands/docs/check.ts';
import type { Context } from '../../../src/commands/types.ts';
import type * as Measurements from '../../../src/docs/recorded.ts';
import type { MeasuredNetworks } from '../../../src/docs/measured.ts';
import { realHost } from '../../../src/host/real.ts';

const docs = join(import.meta.dirname, '../../../docs');

const context = {
  version: metadata.version,
  host: realHost('/'),
  fetched: { absolute: () => docs },
  progress: { step: () => undefined },
} as unknown as Context;

// What was recorded, but for two of its forms.
vi.mock('../../../src/docs/recorded.ts', async (original) => {
  const { recorded } = await original<typeof Measurements>();
  const { bridge, routed, ...others } = recorded.measured.types;
  const { 'bridge nat': nat } = bridge ?? {};
  const { 'routed nat': kept } = routed ?? {};
  if (nat === undefined || kept === undefined) throw new Error('nothing was measured');
  const earlier = { ...nat, fingerprint: '0'.repeat(64) };
  const types = { ...others, bridge: { ...bridge, 'bridge nat': earlier }, routed: { 'routed nat': kept } };
  const measured: MeasuredNetworks = { ...recorded.measured, types };
  const speeds = structuredClone(recorded.bench.networks);
  Object.assign(speeds.figures.types['macvlan']?.['macvlan'] ?? {}, { fingerprint: '0'.repeat(64) });
  return { recorded: { ...recorded, measured, bench: { ...recorded.bench, networks: speeds } } };
});

it('docs check fails for what was measured of an earlier form, and for what was not, and names make measure', async () => {
  const { exitCode, text } = await check(context, {});
  expect(exitCode).toBe(1);
  expect(text.split('\n').slice(0, 2)).toEqual([
    'stale     network bridge nat: measured with an earlier form of this type',
    'stale     network routed: not measured',
  ]);
  expect(text).toContain('stale     network macvlan: its speed was measured with an earlier form of this type');
  expect(text).toContain('make measure');
});
