import { release } from 'node:os';

import { describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { lackingOf, runSession } from '../../build/measure/sessions.ts';
import { stableSession } from '../../build/measure/stable.ts';
import { factsOf } from '../../src/commands/docs/program.ts';
import { sessionsOf } from '../../src/docs/run.ts';
import type { PageSession } from '../../src/docs/run.ts';

import { describeLab } from './support/lab.ts';

const facts = await factsOf(metadata);
const sessions = sessionsOf(facts);

/** Runs the commands anew, and compares what they print with what the page says. */
async function runAnew({ name, example, commands }: PageSession): Promise<void> {
  const recorded = facts.transcripts.sessions[name];
  const found = facts.examples.get(example);
  if (recorded === undefined || found === undefined) throw new Error(`${name}: not recorded: run make measure`);
  const lacking = await lackingOf(found, 'optional');
  if (lacking !== undefined) {
    process.stderr.write(`\nSKIPPED: the commands of ${name}: ${lacking}\n`);
    return;
  }
  const kernel = facts.transcripts.machines[recorded.on]?.kernel ?? '';
  const again = await runSession(found, commands);
  expect(stableSession(again, release())).toEqual(stableSession(recorded.commands, kernel));
}

describeLab('the commands that pages show', () => {
  describe.concurrent('print what the pages say', () => {
    it.each(sessions)('$name', runAnew, 120_000);
  });
});
