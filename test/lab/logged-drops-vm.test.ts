import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bootVirtualMachine } from '../../src/lab/vm.ts';
import { describeVm, emulated } from './support/vm.ts';

const program = join(import.meta.dirname, 'support/logged-drops.ts');

/** What a line has that tells the container: the host's side of its interface, or where that is shared its address. */
const tells = {
  loud: /^rc-lxc: IN=loud-eth0 OUT=quiet-eth0 .*DPT=9 /u,
  limited: /^rc-lxc: IN=br-internal OUT= .*SRC=10\.0\.3\.13 DST=10\.0\.3\.1 .*DPT=9 /u,
  lone: /^rc-lxc: IN=lone-eth0 OUT= .*DPT=9 /u,
  card: /^rc-lxc: IN= OUT=eth0 .*SRC=192\.0\.2\.31 .*DPT=9 /u,
} as const;

/** Of one pair of interfaces (templates/nftables): so many at once, and so many in each of the flood's five seconds. */
const most = 10 + 2 * 5;

describeVm('what is dropped, in the kernel’s log', () => {
  it(
    'is told with who sent it, a few lines a second, and nothing else is',
    async () => {
      const vm = await bootVirtualMachine();
      try {
        const argv = [process.execPath, '--disable-warning=ExperimentalWarning', program];
        const { stdout, stderr } = await vm.run(argv, { timeoutMs: 2 * emulated });
        const lines = stdout.split('\n').filter((line) => line !== '');
        const log = new Map(lines.map((line) => JSON.parse(line) as [scene: string, lines: readonly string[]]));
        expect(log.size, stderr).toBe(22);
        for (const [name, pattern] of Object.entries(tells)) {
          const told = log.get(`logged ${name} forbidden`) ?? [];
          expect(told, name).not.toEqual([]);
          for (const line of told) expect(line).toMatch(pattern);
        }
        expect(log.get('logged quiet forged')).toEqual([
          expect.stringMatching(/IN=quiet-eth0 OUT= .*SRC=10\.0\.3\.77 /u),
        ]);
        const flood = log.get('logged loud flood') ?? [];
        const loud = flood.filter((line) => line.includes('IN=loud-eth0'));
        expect(loud.length).toBeGreaterThan(10);
        // The clocks of an emulated machine: a second more or less.
        expect(loud.length).toBeLessThanOrEqual(most + 2);
        expect(flood.some((line) => line.includes('IN=limited-eth0'))).toBe(true);
        for (const [scene, told] of log)
          if (scene.endsWith(' allowed') || scene.startsWith('silent ')) expect([scene, told]).toEqual([scene, []]);
      } finally {
        await vm.stop();
      }
    },
    3 * emulated,
  );
});
