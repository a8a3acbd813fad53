import { expect, it } from 'vitest';
import { describeLab } from './support/lab.ts';
import { findings, proven } from './support/prove.ts';

const source = `[host]
uplink = eth0
links = iproute2
[network sealed]
type = bridge
[network internal]
type = bridge
ipv4 = 10.0.3.1/24
ipv6 = fd00:0:0:3::1/64
nat = yes
[container tinderbox]
id = 20
network = sealed
ipv6 = link-local
allow-in = host:22/tcp
allow-out = host:873/tcp, host:3128/tcp
[container other]
id = 21
network = sealed
ipv6 = link-local
[container web1]
id = 11
network = internal
[expect tinderbox-fetches]
from = tinderbox
to = host:873/tcp
verdict = allow
[expect tinderbox-is-sealed]
from = tinderbox
to = outside
verdict = deny
[expect nobody-gets-in]
from = outside
to = tinderbox
verdict = deny
`;

describeLab('a sealed container', () => {
  it('reaches two services of the host by link-local IPv6 and nothing else, and only one gets in', async () => {
    const { report } = await proven(source, { attacks: true });
    expect(findings(report)).toEqual([]);
    expect(report.expects.map(({ name, holds }) => [name, holds])).toEqual([
      ['tinderbox-fetches', true],
      ['tinderbox-is-sealed', true],
      ['nobody-gets-in', true],
    ]);
    const open = (wanted: 'from' | 'to'): Record<string, readonly string[]> =>
      Object.fromEntries(
        report.cells
          .filter((cell) => cell[wanted] === 'tinderbox' && cell.open.length > 0)
          .map((cell) => [
            `${wanted === 'from' ? cell.to : cell.from} ${String(cell.family)}`,
            cell.open.map((number) => report.services[number] ?? ''),
          ]),
      );
    expect(open('from')).toEqual({ 'host 6': ['tcp 873', 'tcp 3128'] });
    expect(open('to')).toEqual({ 'host 6': ['tcp 22'] });
    // For a program it is plain data.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
