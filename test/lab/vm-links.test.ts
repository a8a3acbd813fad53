import { expect, it } from 'vitest';
import { bootVirtualMachine } from '../../src/lab/vm.ts';
import { checkout } from './support/lab.ts';
import { describeVm, emulated } from './support/vm.ts';

/** What these find missing in most kernels of test machines: VLAN filtering of bridges, VLANs, ipvlan. */
const files = ['test/lab/links-filter.test.ts', 'test/lab/links-kinds.test.ts'];

describeVm('links that this kernel may lack, in the virtual machine', () => {
  it(
    'are made, kept and taken back',
    async () => {
      const vm = await bootVirtualMachine();
      try {
        const options = ['-t', '/bin/dash', `--testTimeout=${String(emulated)}`, `--hookTimeout=${String(emulated)}`];
        const result = await vm.run([`${checkout}/node_modules/.bin/vitest`, 'run', ...files, ...options], {
          cwd: checkout,
          env: { PATH: `${checkout}/node_modules/.bin:/usr/sbin:/usr/bin:/sbin:/bin` },
          timeoutMs: 3 * emulated,
        });
        expect(result, result.stdout).toMatchObject({ exitCode: 0 });
        const [, passed = '0'] = /^(\d+) passed, 0 failed/mu.exec(result.stdout) ?? [];
        expect(Number(passed)).toBeGreaterThanOrEqual(8);
      } finally {
        await vm.stop();
      }
    },
    4 * emulated,
  );
});
