import { UserError, problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { DesiredContainer, DesiredTree } from '../tree/types.ts';

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
  const parent = container.rootfs.slice(0, container.rootfs.lastIndexOf('/'));
  const scratch = `${parent}/.rc-lxc-create`;
  const partial = `${scratch}/rootfs`;
  await clean(host, scratch);
  host.makeDirectory(scratch);
  host.write(`${scratch}/conf`, mapLines(container), 0o600);
  const [template = '', ...args] = (container.template ?? '').split(/\s+/u).filter((word) => word !== '');
  const argv = [
    'lxc-create',
    '-P',
    scratch,
    '-n',
    container.name,
    '-f',
    `${scratch}/conf`,
    '-t',
    template,
    '--dir',
    partial,
  ];
  const output = await host.run([...argv, '--', ...args], { timeoutMs: 3_600_000 });
  if (output?.exitCode === 0 && host.isDirectory(partial)) {
    host.rename(partial, container.rootfs);
    await clean(host, scratch);
    return;
  }
  await clean(host, scratch);
  const said = output === undefined ? 'lxc-create is not installed' : lastLines(`${output.stdout}\n${output.stderr}`);
  throw new UserError(
    problem('create-failed', `${container.name}: its rootfs could not be made by template ${template}: ${said}`, {
      hint: 'mend the template line and run rc-lxc apply --create again; all else has been applied',
    }),
  );
}

/** With ids that belong to the files on disk, lxc-create has to run the template mapped; else it must not. */
function mapLines({ idMap }: DesiredContainer): string {
  if (idMap === undefined) return '';
  return `lxc.idmap = u 0 ${idMap.base} ${idMap.count}\nlxc.idmap = g 0 ${idMap.base} ${idMap.count}\n`;
}

/** A rootfs has device nodes and links: `rm` on that one file system is what removes it as root would. */
async function clean(host: Host, scratch: string): Promise<void> {
  if (host.look(scratch).kind === 'absent') return;
  await host.run(['rm', '-rf', '--one-file-system', '--', scratch]);
}

function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-5).join('\n  ');
}
