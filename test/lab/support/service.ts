import type { RunOptions, ThrowawayHost } from '../../../src/lab/host.ts';

/** What a command of a service said, on both outputs, without the last newline, and how it ended. */
export interface Answer {
  readonly exitCode: number;
  readonly text: string;
  readonly milliseconds: number;
}

/** `rc-service SERVICE COMMAND…`. */
export async function rc(
  host: ThrowawayHost,
  service: string,
  command: string | readonly string[],
  options: RunOptions = {},
): Promise<Answer> {
  const words = typeof command === 'string' ? [command] : command;
  const script = 'exec rc-service "$@" 2>&1';
  const { stdout, exitCode, milliseconds } = await host.sh(script, { ...options, arguments: [service, ...words] });
  return { text: stdout.trimEnd(), exitCode, milliseconds };
}

/** Runs commands that must succeed, and gives what they print, without the last newline. */
export async function must(host: ThrowawayHost, script: string, ...arguments_: readonly string[]): Promise<string> {
  const result = await host.sh(script, { arguments: arguments_ });
  if (result.exitCode !== 0) {
    throw new Error(`exit status ${String(result.exitCode)} of: ${script}\n${result.stdout}${result.stderr}`);
  }
  return result.stdout.trimEnd();
}

/** What rc-status calls the state of a service that is in a runlevel: `started`, `crashed` … */
export async function rcStatus(host: ThrowawayHost, service: string): Promise<string> {
  const list = async (): Promise<string | undefined> =>
    (await host.run(['rc-status', '--all', '--format', 'ini'])).stdout
      .split('\n')
      .find((line) => line.startsWith(`${service} = `));
  let line = await list();
  if (line === undefined) {
    // OpenRC's cache has a granularity of a second: it may not know yet of a script that was just written.
    await must(host, 'rc-update -u');
    line = await list();
  }
  if (line === undefined) throw new Error(`rc-status does not list ${service}`);
  return line.slice(service.length + 3).trim();
}

/** Services that `rc-status --crashed` lists. */
export async function crashed(host: ThrowawayHost): Promise<readonly string[]> {
  const { stdout } = await host.run(['rc-status', '--crashed']);
  return stdout.split('\n').filter((line) => line !== '');
}

/** RUNNING, STOPPED, FROZEN …, as LXC itself says. */
export async function lxcState(host: ThrowawayHost, name: string): Promise<string> {
  const { stdout, stderr } = await host.run(['lxc-info', '-n', name, '-sH']);
  return stdout.trim() || stderr.trim();
}

/** The process id of a container's init as the host counts. */
export async function initPid(host: ThrowawayHost, name: string): Promise<number> {
  return Number(await must(host, 'lxc-info -n "$1" -pH', name));
}

const polling = `
read -r now _ </proc/uptime; end=$((\${now%.*} + $2))
until eval "$1"; do
	read -r now _ </proc/uptime
	[ "\${now%.*}" -le "$end" ] || exit 1
	sleep 0.02
done`;

/** Waits until a command of the shell succeeds inside; throws when it does not within the seconds. */
export async function until(host: ThrowawayHost, condition: string, seconds = 10): Promise<void> {
  const result = await host.sh(polling, { arguments: [`{ ${condition}; } >/dev/null 2>&1`, String(seconds)] });
  if (result.exitCode !== 0) throw new Error(`not within ${String(seconds)} s: ${condition}`);
}

/** Kills the processes whose ids are in these files. When it resolves, they are gone. */
export async function killNoted(host: ThrowawayHost, ...files: readonly string[]): Promise<void> {
  const pids = (await must(host, 'cat "$@"', ...files)).split('\n');
  await must(host, 'kill -9 "$@"', ...pids);
  for (const pid of pids) await until(host, `! [ -e /proc/${pid} ]`);
}
