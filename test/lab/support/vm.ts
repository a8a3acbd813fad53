import { describe } from 'vitest';
import { vmRefusal } from '../../../src/lab/vm.ts';

/** As describeLab, for tests that need the virtual machine. */
export function describeVm(name: string, body: () => void): void {
  const refusal = vmRefusal();
  if (refusal !== undefined) process.stderr.write(`\nSKIPPED: ${name}: this machine ${refusal}\n`);
  const either = refusal === undefined ? describe : describe.skip;
  either(name, body);
}

/** Milliseconds: emulation, on a machine that may be busy. */
export const emulated = 300_000;
