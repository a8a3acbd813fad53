import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout, describeLab } from './support/lab.ts';
import { findings, proven } from './support/prove.ts';
import { must } from './support/service.ts';

/** Line 4 is the bridge, 10 the container's `allow-in`. */
const description = `[host]
uplink = eth0
links = iproute2
[network internal]
ipv4 = 10.0.3.1/24
nat = yes
[container web1]
id = 11
network = internal
allow-in = internal:80/tcp, host:22/tcp
[container db1]
id = 12
network = internal
`;

const expectation = (from: string, to: string, verdict: string): string =>
  `[expect something]\nfrom = ${from}\nto = ${to}\nverdict = ${verdict}\n`;

/** The service that watches over the tables brings them back when they are gone. */
const withoutFirewall = 'rc-service --nodeps rc-lxc-nft stop; rc-service rc-lxc-nft release; nft flush ruleset';

describeLab('a lab', () => {
  it('finds nothing where all is as promised, attacks included', async () => {
    const { report } = await proven(description + expectation('outside', 'web1:80/tcp', 'deny'), { attacks: true });
    expect(findings(report)).toEqual([]);
    expect(report).toMatchObject({ version: 1, proven: true, expects: [{ name: 'something', holds: true }] });
    expect(new Set(report.attacks.map(({ attack }) => attack)).size).toBeGreaterThan(10);
    expect(report.attacks.flatMap(({ reached }) => reached)).toEqual([]);
    expect(report.attacks.every(({ held }) => held)).toBe(true);
    const cell = report.cells.find(({ from, to, family }) => from === 'db1' && to === 'web1' && family === 4);
    expect(cell?.open.map((number) => report.services[number])).toEqual(['tcp 80']);
  });

  it('names the line of an allowance that does not hold', async () => {
    const { report } = await proven(description, { tamper: async (host) => void (await must(host, withoutFirewall)) });
    expect(report.proven).toBe(false);
    expect(findings(report)).toContainEqual(
      expect.stringMatching(/^host\.ini:10 lab-reached: db1 to web1: .*tcp 22.* gets through/u),
    );
    expect(report.differences).toContainEqual(
      expect.objectContaining({
        from: 'db1',
        to: 'web1',
        service: 'tcp 22',
        family: 4,
        promised: 'shut',
        seen: 'open',
        line: 10,
      }),
    );
  });

  it('shows that the attacks work, where nothing is to hold them', async () => {
    const { report } = await proven(
      description.replaceAll('network = internal', 'network = internal\nspoof-check = no'),
      { attacks: true },
    );
    const through = new Set(report.attacks.filter(({ reached }) => reached.length > 0).map(({ attack }) => attack));
    const none = report.attacks.map(({ attack }) => attack).filter((attack) => !through.has(attack));
    // The kernel itself does not follow routes that a sender makes up.
    expect([...new Set(none)]).toEqual(['source routing']);
    expect(report.attacks.some(({ held }) => held)).toBe(false);
  });

  it('names what is promised to get through and does not', async () => {
    const drop =
      "nft 'add table inet foreign; add chain inet foreign i { type filter hook input priority 0; policy drop; }'";
    const { report } = await proven(description, { tamper: async (host) => void (await must(host, drop)) });
    expect(findings(report)).toContainEqual(
      expect.stringMatching(/^host\.ini:\d+ lab-not-reached: db1 to host: .*does not get through, but is promised/u),
    );
  });

  it('tells of an expectation that does not hold, and that the description says otherwise', async () => {
    const { report } = await proven(description + expectation('outside', 'db1:5432/tcp', 'allow'));
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]).toMatchObject({ code: 'lab-expect-broken', file: 'host.ini', line: 14 });
    expect(report.problems[0]?.hint).toMatch(/the description itself says otherwise .*host\.ini:4/u);
  });

  it('tells of a service that does not start, with what it says', async () => {
    const { report } = await proven(`${description}raw = lxc.hook.start-host = /bin/false\n`);
    expect(findings(report)).toContainEqual(
      expect.stringMatching(/^host\.ini:11 lab-start-failed: db1 does not start: ./u),
    );
  });
});

describeLab('the command lab', () => {
  const run = (args: readonly string[]): { status: number; stdout: string; stderr: string } => {
    try {
      const stdout = execFileSync(`${checkout}/bin/rc-lxc`, args, { encoding: 'utf8', stdio: 'pipe' });
      return { status: 0, stdout, stderr: '' };
    } catch (error) {
      return error as { status: number; stdout: string; stderr: string };
    }
  };

  it('exits with 1 and a report in 80 columns; apply --prove then writes nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prove-'));
    try {
      const file = join(folder, 'host.ini');
      writeFileSync(file, description + expectation('outside', 'db1:5432/tcp', 'allow'));
      const lab = run(['lab', '--quick', '-c', file]);
      expect(lab.status).toBe(1);
      expect(lab.stdout).toContain(`${file}:14: error[lab-expect-broken]: something`);
      const [matrix = ''] = lab.stdout.split('Findings');
      expect(matrix.split('\n').filter((line) => line.length > 80)).toEqual([]);
      const root = join(folder, 'root');
      mkdirSync(root);
      const apply = run(['apply', '--prove', '--root', root, '-c', file]);
      expect(apply).toMatchObject({ status: 1 });
      expect(apply.stdout).toContain('Nothing was written.');
      expect(existsSync(join(root, 'etc'))).toBe(false);
      writeFileSync(file, description);
      expect(run(['apply', '--prove', '--root', root, '-c', file])).toMatchObject({ status: 0 });
      expect(existsSync(join(root, 'etc/rc-lxc'))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
