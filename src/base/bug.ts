/** What a person is told when something fails that is not their mistake: what to report, and that nothing more was done. */
export function bugReport(error: unknown, argv: readonly string[], runtime: string): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `rc-lxc: this is a bug of rc-lxc, not of your description. Please report it with these lines:
  command: rc-lxc ${argv.join(' ')}
  runtime: Node ${runtime}
${trace.replace(/^/gmu, '  ')}
`;
}
