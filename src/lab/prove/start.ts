import { problem } from '../../base/errors.ts';
import type { Problem } from '../../base/errors.ts';
import type { ContainerModel, HostModel } from '../../resolve/model.ts';
import type { ThrowawayHost } from '../host.ts';

/** As many at once as keep two processors busy; the rest waits for its turn anyway. */
const atOnce = 6;

const startMs = 120_000;

/** What came of starting everything. */
export interface Started {
  readonly problems: readonly Problem[];
  /** The init of each container that runs, as the host counts. */
  readonly inits: ReadonlyMap<string, number>;
}

/**
 * Starts the services of all containers by `rc-service`, which brings up what they want and need; those that need
 * others after these, and otherwise several at once.
 */
export async function startAll(host: ThrowawayHost, model: HostModel): Promise<Started> {
  await host.run(['rc-update', '-u']);
  const problems: Problem[] = [];
  for (const group of inOrder(model.containers)) problems.push(...(await startGroup(host, group)));
  return { problems, inits: await findInits(host, model) };
}

/** Groups of containers that need none of their own group. */
function inOrder(containers: readonly ContainerModel[]): readonly (readonly ContainerModel[])[] {
  const groups: ContainerModel[][] = [];
  const done = new Set<string>();
  let left = containers;
  while (left.length > 0) {
    const known = new Set(left.map(({ name }) => name));
    const ready = left.filter(({ needs }) => needs.every((name) => done.has(name) || !known.has(name)));
    // A cycle was refused before; should there be one all the same, OpenRC tells.
    const group = ready.length === 0 ? left : ready;
    groups.push([...group]);
    for (const { name } of group) done.add(name);
    left = left.filter(({ name }) => !done.has(name));
  }
  return groups;
}

async function startGroup(host: ThrowawayHost, group: readonly ContainerModel[]): Promise<readonly Problem[]> {
  const waiting = [...group];
  const found: Problem[] = [];
  // The first alone brings up bridges and firewall; the others would wait for it in turn.
  await startOne(host, waiting, found);
  const lane = async (): Promise<void> => {
    while (waiting.length > 0) await startOne(host, waiting, found);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return found;
}

async function startOne(host: ThrowawayHost, waiting: ContainerModel[], found: Problem[]): Promise<void> {
  const container = waiting.shift();
  if (container === undefined) return;
  const { exitCode, stdout, stderr } = await host.run(['rc-service', container.service, 'start'], {
    timeoutMs: startMs,
  });
  if (exitCode === 0) return;
  const said = `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.replaceAll(/\p{Cc}\[[\d;]*[A-Za-z]|\p{Cc}/gu, '').trim())
    .filter((line) => line.startsWith('*') && !line.endsWith('...'));
  const why = said.map((line) => line.replace(/^\*\s*/u, '')).filter((line) => !line.startsWith('ERROR:'));
  found.push(
    problem('lab-start-failed', `${container.name} does not start: ${why.join('; ') || `exit status ${exitCode}`}`, {
      where: container.where,
      hint: 'what it says is what the host would say; the container’s system itself is not part of it',
    }),
  );
}

async function findInits(host: ThrowawayHost, model: HostModel): Promise<ReadonlyMap<string, number>> {
  const script = 'for name; do echo "$name $(lxc-info -n "$name" -pH 2>/dev/null)"; done';
  const names = model.containers.map(({ name }) => name);
  const { stdout } = await host.sh(script, { arguments: names });
  return new Map(
    stdout.split('\n').flatMap((line): [string, number][] => {
      const [name = '', pid = ''] = line.split(' ');
      return /^\d+$/u.test(pid) ? [[name, Number(pid)]] : [];
    }),
  );
}
