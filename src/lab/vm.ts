import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunOptions, RunResult } from './enter.ts';
import { coverableFolder, machineMounts, otherFileSystems } from './machine.ts';
import { findProgram, python, searchPath } from './refusal.ts';
import { labFolder } from './scripts.ts';
import { cpio, file, folder, link, moduleEntries } from './vm/initramfs.ts';
import { modulesFor } from './vm/modules.ts';
import { PortClient } from './vm/port.ts';
import { findKernel, findVirtiofsd, vmRefusal, type Kernel, type KernelOptions } from './vm/refusal.ts';

export { vmRefusal } from './vm/refusal.ts';

export interface VirtualMachineOptions extends KernelOptions {
  /** Everything that is written inside is in there too. */
  readonly memoryMiB?: number;
  readonly processors?: number;
  /** Pairs of network cards with a real address filter, each joined back to back; 1 by default, 8 at most. */
  readonly cardPairs?: number;
  /** Folders below /tmp, /run, /dev or /var/lib/lxc that are to be there inside; the checkout is in any case. */
  readonly folders?: readonly string[];
  /** Whether bridges hand their packets to the host's own chains; as on this machine by default. */
  readonly bridgeNetfilter?: boolean;
  /** What every program inside has in its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface VmRunOptions extends RunOptions {
  /** Called with what comes, as it comes. */
  readonly onOutput?: (name: 'stdout' | 'stderr', chunk: Buffer) => void;
}

/** A machine with a kernel of its own and this machine's files, which it sees as they are now and cannot change. */
export interface VirtualMachine {
  /** As `ThrowawayHost.run`: a program that fails is a result, not an error. Many may run at a time. */
  run(argv: readonly string[], options?: VmRunOptions): Promise<RunResult>;
  /** The release of its kernel. */
  readonly kernel: string;
  /** From nothing to the first command that it takes. */
  readonly bootMilliseconds: number;
  /** When this resolves, no process of it is left. Twice is once. */
  stop(): Promise<void>;
}

/** Emulation on a machine that has other things to do. */
const bootMs = 120_000;

const asset = (name: string): string => join(labFolder, 'vm', name);

/**
 * Boots a virtual machine by emulation alone: no /dev/kvm is asked for. Its root is a copy-on-write view of this
 * machine's files, its network is `lo` and the pairs of cards; `cardPairs()` of
 * cards.ts names them inside. No packet leaves it. It ends with `stop()` or with this process, however that ends. Throws, with the reason, when it cannot be done.
 */
export async function bootVirtualMachine(options: VirtualMachineOptions = {}): Promise<VirtualMachine> {
  const refusal = vmRefusal(options);
  if (refusal !== undefined) throw new Error(`no virtual machine: ${refusal}`);
  const kernel = findKernel(options);
  const begin = performance.now();
  const { folders: points } = otherFileSystems(machineMounts());
  const folders = [...checkout(), ...(options.folders ?? [])];
  const base = coverableFolder([...points, ...folders, kernel.kernel, kernel.modules]);
  if (base === undefined) throw new Error('no virtual machine: nowhere to put its sockets; /dev/shm is missing');
  // Every process of it is in namespaces that end with their first one, and that one ends with us.
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', '--mount', '--propagation', 'private', '--net', '--pid', '--mount-proc']
      .concat(['--fork', '--kill-child', '/bin/sh', asset('start.sh')])
      .concat(qemuArguments(kernel, options)),
    {
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      detached: true,
      cwd: '/',
      env: {
        PATH: searchPath,
        VM_BASE: base,
        VM_POINTS: points.join('\n'),
        VM_FOLDERS: folders.join('\n'),
        VM_MODULES: kernel.modules,
        VM_FSD: findVirtiofsd() ?? '',
      },
    },
  );
  const client = new PortClient(child);
  client.send(initramfs(kernel, folders.length, options.bridgeNetfilter ?? hasBridgeNetfilter()));
  const release = await client.ready(bootMs);
  const env = { PATH: searchPath, HOME: '/root', TERM: 'dumb', LC_ALL: 'C.UTF-8', ...options.env };
  return {
    run: (argv, runOptions) => client.run(argv, { ...runOptions, env: { ...env, ...runOptions?.env } }),
    kernel: release,
    bootMilliseconds: performance.now() - begin,
    stop: () => client.stop(),
  };
}

/** This checkout, where it lies in a folder that the machine inside has of its own. */
function checkout(): string[] {
  const top = join(labFolder, '../..');
  return /^\/(?:dev|run|tmp|var\/lib\/lxc)\//u.test(top) ? [top] : [];
}

function hasBridgeNetfilter(): boolean {
  return existsSync('/proc/sys/net/bridge/bridge-nf-call-iptables');
}

/** The applets of busybox that init.sh uses. */
const applets = 'cat cp chmod ip ln mkdir modprobe mount readlink sh switch_root uname'.split(' ');

function initramfs(kernel: Kernel, folders: number, bridgeNetfilter: boolean): Buffer {
  const names = modulesFor(bridgeNetfilter);
  const settings = [
    `VM_MODULES='${names.join(' ')}'`,
    `VM_FOLDERS=${String(folders)}`,
    `VM_PATH='${searchPath}'`,
    `VM_PYTHON=${python}`,
  ];
  return cpio([
    ...['bin', 'dev', 'proc', 'sys', 'share', 'layer', 'root'].map((path) => folder(path)),
    file('bin/busybox', readFileSync(findProgram('busybox') ?? ''), 0o755),
    ...applets.map((applet) => link(`bin/${applet}`, 'busybox')),
    file('init', readFileSync(asset('init.sh')), 0o755),
    file('serve.py', readFileSync(asset('serve.py'))),
    file('settings', `${settings.join('\n')}\n`),
    ...moduleEntries(kernel.modules, kernel.release, names),
  ]);
}

/**
 * The clock is trusted, since a kernel that doubts it asks slow hardware for the time; synchronisation is expedited, since
 * network namespaces wait for it. Addresses are not randomised: the emulator then finds what it has translated for the
 * process before, and starts a program in a quarter of the time (/proc/sys/kernel/randomize_va_space turns it on).
 */
const commandLine =
  'norandmaps lsm=capability console=ttyS0 quiet panic=-1 mitigations=off nokaslr audit=0 nowatchdog tsc=reliable random.trust_cpu=on rcupdate.rcu_expedited=1';

function qemuArguments(kernel: Kernel, options: VirtualMachineOptions): string[] {
  const { memoryMiB = 2048, processors = 2, cardPairs = 1 } = options;
  const memory = `memory-backend-memfd,id=memory,size=${String(memoryMiB)}M,share=on`;
  return [
    ['-machine', 'q35,memory-backend=memory,hpet=off', '-accel', 'tcg,thread=multi,tb-size=512', '-cpu', 'max'],
    ['-smp', String(processors), '-m', `${String(memoryMiB)}M`, '-object', memory],
    ['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ['-kernel', kernel.kernel, '-initrd', '@BASE@/initramfs', '-append', commandLine],
    ['-serial', 'file:@BASE@/console'],
    ['-chardev', 'stdio,id=port,signal=off', '-device', 'virtio-serial-pci'],
    ['-device', 'virtserialport,chardev=port,name=rc-lxc'],
    ['-chardev', 'socket,id=share,path=@BASE@/fs'],
    ['-device', 'vhost-user-fs-pci,chardev=share,tag=share,queue-size=1024'],
    ...Array.from({ length: cardPairs }, (_, pair) => [...card(pair, '01'), ...card(pair, '02')]),
  ].flat();
}

/** Two cards of a pair are the only ports of a hub of their own. init.sh knows them by their addresses. */
function card(pair: number, end: '01' | '02'): string[] {
  const id = `card${String(pair)}-${end}`;
  const mac = `52:54:00:ca:${pair.toString(16).padStart(2, '0')}:${end}`;
  const port = `hubport,id=${id},hubid=${String(pair)}`;
  return ['-netdev', port, '-device', `virtio-net-pci,netdev=${id},mac=${mac},romfile=`];
}
