import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { python } from '../../../src/lab/refusal.ts';

const found = existsSync(python);
if (!found) process.stderr.write(`\nSKIPPED: the agent’s own tests: ${python} is missing\n`);

describe.skipIf(!found)('the agent’s own tests', () => {
  it('pass', () => {
    const script = join(import.meta.dirname, 'agent/test_agent.py');
    const said = execFileSync('/bin/sh', ['-c', 'exec "$@" 2>&1', 'sh', python, script], { encoding: 'utf8' });
    expect(said).toMatch(/^Ran \d{2,} tests[^]*\nOK$/mu);
  });
});
