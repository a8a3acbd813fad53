import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { description, median, round, writeResult } from './support.ts';

const sizes = [10, 1000, 10_000] as const;

/** What one child process measured: milliseconds of the work itself, and its peak memory in MiB. */
interface Measured {
  readonly milliseconds: number;
  readonly peakMiB: number;
  readonly files: number;
  readonly bytes: number;
}

type Work = 'render' | 'write' | 'plan' | 'read';

function child(work: Work, source: string, directory: string): Measured {
  const worker = join(import.meta.dirname, 'tree-worker.ts');
  const output = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', worker, work, source, directory],
    {
      encoding: 'utf8',
    },
  );
  return JSON.parse(output) as Measured;
}

function compare(count: number, top: string): Record<string, number> {
  const source = join(top, `host-${count}.ini`);
  writeFileSync(source, description(count));
  const rounds = count > 5000 ? 5 : 11;
  const measured: Record<Work, Measured[]> = { render: [], write: [], plan: [], read: [] };
  for (let index = 0; index < rounds; index += 1) {
    for (const work of ['render', 'write', 'plan', 'read'] as const) {
      const directory = join(top, `${work === 'plan' || work === 'read' ? 'applied' : work}-${count}`);
      if (work !== 'plan' && work !== 'read') rmSync(directory, { recursive: true, force: true });
      measured[work].push(child(work, source, directory));
    }
  }
  const time = (work: Work) => median(measured[work].map(({ milliseconds }) => milliseconds));
  const peak = (work: Work) => median(measured[work].map(({ peakMiB }) => peakMiB));
  return {
    containers: count,
    files: measured.write[0]?.files ?? 0,
    kilobytes: Math.round((measured.write[0]?.bytes ?? 0) / 1024),
    renderMilliseconds: round(time('render')),
    writeMilliseconds: round(time('write')),
    renderToWrite: round(time('render') / time('write')),
    planMilliseconds: round(time('plan')),
    readMilliseconds: round(time('read')),
    planToRead: round(time('plan') / time('read')),
    renderPeakMiB: Math.round(peak('render')),
    planPeakMiB: Math.round(peak('plan')),
    plainPeakMiB: Math.round(peak('read')),
  };
}

/** render and a plan without changes, against plain calls that write and read the same bytes; each in a process of its own, in turns. */
export function benchTree(): void {
  const top = mkdtempSync(join(tmpdir(), 'rc-lxc-bench-'));
  try {
    const figures = sizes.map((count) => compare(count, top));
    writeResult(
      'tree',
      'render and a no-change plan, as ratios to writing and reading the same bytes with plain file calls',
      figures,
    );
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}
