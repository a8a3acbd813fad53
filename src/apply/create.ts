import { UserError, problem } from '../base/errors.ts';
import { oneLine } from './said.ts';
import type { Host, Output } from '../host/types.ts';
import type { DesiredContainer, DesiredTree } from '../tree/types.ts';

/** A template may download a whole distribution. Milliseconds. */
const longest = 3_600_000;

/** Containers whose rootfs is not there yet. */
export function missingRootfs(host: Host, tree: DesiredTree): readonly DesiredContainer[] {
  return tree.containers.filter((container) => !host.isDirectory(container.rootfs));
}

/**
 * Makes a missing rootfs with `lxc-create`, in a place of its own and without the container's network; it is moved where
 * it belongs when it is complete, so that a template that fails, or is broken off, leaves nothing that looks like one.
 * @throws UserError with the template's last lines.
 */
export async function createRootfs(host: Host, container: DesiredContainer): Promise<void> {
  const scratch = `${container.rootfs.slice(0, container.rootfs.lastIndexOf('/'))}/.rc-lxc-create`;
  const partial = `${scratch}/rootfs`;
  const signals = host.holdSignals();
  try {
    // What an earlier run left that was killed.
    clean(host, scratch);
    host.makeDirectory(scratch);
    host.write(`${scratch}/conf`, mapLines(container), 0o600);
    const output = await host.run(command(container, scratch, partial), {
      timeoutMs: longest,
      cancel: signals.arrival,
    });
    if ((await signals.received()) !== undefined) throw interrupted(container);
    if (output?.exitCode !== 0 || !host.isDirectory(partial)) throw failed(container, output);
    await settle(host, container, partial);
    host.rename(partial, container.rootfs);
  } finally {
    clean(host, scratch);
    signals.forgive();
    signals.release();
  }
}

function command({ name, template }: DesiredContainer, scratch: string, partial: string): readonly string[] {
  const [script = '', ...args] = (template ?? '').split(/\s+/u).filter((word) => word !== '');
  const place = ['-P', scratch, '-n', name, '-f', `${scratch}/conf`, '--dir', partial];
  return ['lxc-create', ...place, '-t', script, '--', ...args];
}

/**
 * LXC's busybox template has the guest ask for an address by DHCP, in the foreground and for ever: where LXC gives the
 * address, that takes it away again and nothing else of the guest's init is ever run.
 */
async function settle(host: Host, { template }: DesiredContainer, rootfs: string): Promise<void> {
  const script = `${rootfs}/etc/init.d/rcS`;
  if (!/^(?:\S*\/)?(?:lxc-)?busybox\b/u.test(template ?? '') || host.look(script).kind !== 'file') return;
  // sed keeps the owner, which may be a mapped one.
  await host.run(['sed', '-i', '/udhcpc/d', script]);
}

function failed({ name, template }: DesiredContainer, output: Output | undefined): UserError {
  const said = output === undefined ? 'lxc-create is not installed' : oneLine(`${output.stdout}\n${output.stderr}`, 5);
  return new UserError(
    problem('create-failed', `${name}: its rootfs could not be made by template ${template ?? ''}: ${said}`, {
      hint: 'mend the template line and run rc-lxc apply --create again; all else has been applied',
    }),
  );
}

function interrupted({ name }: DesiredContainer): UserError {
  return new UserError(
    problem(
      'interrupted',
      `${name}: interrupted while its rootfs was being made; what there was of it has been removed`,
      {
        hint: 'run rc-lxc apply --create again; all else has been applied',
      },
    ),
  );
}

/** With ids that belong to the files on disk, lxc-create has to run the template mapped; else it must not. */
function mapLines({ idMap }: DesiredContainer): string {
  if (idMap === undefined) return '';
  return `lxc.idmap = u 0 ${idMap.base} ${idMap.count}\nlxc.idmap = g 0 ${idMap.base} ${idMap.count}\n`;
}

/** With what LXC left in its own directory for locks (lxclock.c). */
function clean(host: Host, scratch: string): void {
  host.removeTree(scratch);
  host.removeTree(`/run/lxc/lock${scratch}`);
}
