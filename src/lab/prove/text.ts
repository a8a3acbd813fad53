import { styleText } from 'node:util';
import { formatProblems } from '../../base/report.ts';
import type { ProblemJson } from '../../base/report.ts';
import type { Problem } from '../../base/errors.ts';
import { folded, matrixText } from './matrix.ts';
import { attacksText, promiscuityText } from './tables.ts';
import type { ExpectReport, LabReport } from './report.ts';
import { gridOf } from './rows.ts';

export interface TextOptions {
  readonly colour: boolean;
  /** Columns. */
  readonly width?: number;
}

/** A report for a person. */
export function reportText(report: LabReport, { colour, width = 80 }: TextOptions): string {
  const heading = (text: string): string => (colour ? styleText('bold', text, { validateStream: false }) : text);
  const section = (title: string, body: string): string[] => (body === '' ? [] : [`${heading(title)}\n${body}`]);
  const problems = report.problems.map((each) => problemOf(each));
  return [
    ...section('Who reaches whom', matrixText(gridOf(report), { colour, width })),
    ...section('Attacks by root in the containers', attacksText(report.attacks)),
    ...section('Cards', promiscuityText(report.promiscuity)),
    ...section('Expected', expectsText(report.expects)),
    ...section(
      'How this lab differs from the host',
      report.notes.flatMap((note) => folded('- ', note, width)).join('\n'),
    ),
    ...section('Findings', problems.length === 0 ? '' : formatProblems(problems, { colour })),
    summaryText(report),
  ].join('\n\n');
}

function expectsText(expects: readonly ExpectReport[]): string {
  return expects.map((each) => expectText(each)).join('\n');
}

function expectText({ name, verdict, holds, tried }: ExpectReport): string {
  const why = tried === 0 ? ': there is no address to send to' : '';
  return `${holds ? 'holds ' : 'BROKEN'}  ${name} (${verdict}${why})`;
}

/** What came of it, and what it took: two lines. */
function summaryText({ proven, probes, attacks, unproven, seconds, machine, problems }: LabReport): string {
  const { total = 0, ...laps } = seconds;
  const times = Object.entries(laps).map(([name, value]) => `${name} ${value.toFixed(1)}`);
  const tried = [`${String(probes)} probes`, ...(attacks.length === 0 ? [] : [`${String(attacks.length)} attacks`])];
  const outcome = proven ? 'All as promised' : `Not proven: ${String(problems.length)} to see to`;
  return [
    `${outcome}${unproven.length === 0 ? '' : `; not looked at: ${unproven.join(', ')}`}. ${tried.join(', ')}, ${total.toFixed(1)} s`,
    `(${times.join(', ')}; Linux ${machine.kernel}, LXC ${machine.lxc}${machine.virtual ? ', in a virtual machine' : ''})`,
  ].join('\n');
}

export function problemOf({ severity, code, message, hint, file, line, column, length, text }: ProblemJson): Problem {
  return {
    severity,
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(file === undefined || line === undefined
      ? {}
      : {
          where: {
            file,
            line,
            ...(column === undefined ? {} : { column }),
            ...(length === undefined ? {} : { length }),
            ...(text === undefined ? {} : { text }),
          },
        }),
  };
}
