import { describe as suite, expect, it } from 'vitest';
import { matrixText } from '../../../../src/lab/prove/matrix.ts';
import type { Cell, LabReport } from '../../../../src/lab/prove/report.ts';
import { gridOf } from '../../../../src/lab/prove/rows.ts';

type Part = Pick<LabReport, 'parties' | 'services' | 'cells' | 'differences'>;

const services = ['icmp', 'tcp 22', 'tcp 80', 'udp 22', 'udp 80'];

function cell(from: string, to: string, open: readonly number[], family: 4 | 6 = 4): Cell {
  return { from, to, family, tried: [0, 1, 2, 3, 4], promised: open, open, free: [] };
}

const text = (part: Part, width = 80): string => matrixText(gridOf(part as LabReport), { colour: false, width });

suite('the matrix', () => {
  it('shows at a glance who reaches whom', () => {
    const parties = ['host', 'web1', 'client'].map((name) => ({ name, side: 'container' as const, networks: [] }));
    const cells = [
      cell('host', 'web1', [0, 1, 2, 3, 4]),
      cell('host', 'web1', [], 6),
      cell('web1', 'host', [0, 1, 2, 3, 4]),
      cell('web1', 'client', []),
      cell('client', 'web1', [0, 1, 2]),
    ];
    const wrong = { from: 'client', to: 'web1' } as LabReport['differences'][number];
    expect(text({ parties, services, cells, differences: [wrong] })).toBe(
      [
        'from \\ to  1  2  3',
        '1 host    -  a',
        '2 web1    +  -  .',
        '3 client    !b  -',
        '',
        '+ everything gets through  . nothing does  (blank) not tried  ! not as promised',
        'a IPv4: everything',
        'b icmp, tcp 22 80',
      ].join('\n'),
    );
  });

  it('puts parties of a network together that nothing tells apart, and keeps to the width', () => {
    const names = Array.from({ length: 40 }, (_, at) => `web${String(at + 1)}`);
    const parties = [
      { name: 'host', side: 'host' as const, networks: [] },
      ...names.map((name) => ({ name, side: 'container' as const, networks: ['internal'] })),
    ];
    const cells = names.flatMap((name) => [
      cell('host', name, name === 'web7' ? [2] : [0, 1, 2, 3, 4]),
      cell(name, 'host', []),
    ]);
    const part = { parties, services, cells, differences: [] };
    expect(gridOf(part as unknown as LabReport).groups.map(({ label }) => label)).toEqual([
      'host',
      'web1 +38 internal',
      'web7',
    ]);
    const apart = names.map((name, at) => cell('host', name, services.map((_, number) => number).slice(0, at % 5)));
    for (const width of [40, 80]) {
      const lines = text({ ...part, cells: [...apart, ...cells.slice(80)] }, width).split('\n');
      expect(lines.filter((line) => line.length > Math.max(width, 80))).toEqual([]);
    }
  });
});
