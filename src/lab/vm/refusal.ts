import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { findProgram, python } from '../refusal.ts';

export interface KernelOptions {
  /** A kernel's image, as the boot loader takes it; the one that `make system-vm` has unpacked by default. */
  readonly kernel?: string;
  /** The folder of its modules, with depmod's modules.dep: by default the one beside that, or /lib/modules/RELEASE. */
  readonly modules?: string;
}

export interface Kernel {
  readonly kernel: string;
  readonly modules: string;
  /** What uname(2) will say. */
  readonly release: string;
}

/** What build/vm-packages.sh leaves there. */
const unpacked = '/var/cache/rc-lxc/vm';

/** Where distributions put it: in no PATH. */
const virtiofsds = ['/usr/libexec/virtiofsd', '/usr/lib/qemu/virtiofsd', '/usr/lib/virtiofsd'];

const programs: readonly (readonly [program: string, from: string])[] = [
  ['qemu-system-x86_64', 'QEMU'],
  ['unshare', 'util-linux'],
  ['setpriv', 'util-linux'],
  ['busybox', 'busybox, the static one'],
];

export function findVirtiofsd(): string | undefined {
  return virtiofsds.find((path) => existsSync(path)) ?? findProgram('virtiofsd');
}

/** Why no virtual machine can be booted here, in one line with the remedy; undefined when one can. */
export function vmRefusal(options: KernelOptions = {}): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x86-64';
  if (process.getuid?.() !== 0) return 'needs root, to share all files with the virtual machine; run it with sudo';
  const missing = programs.filter(([program]) => findProgram(program) === undefined).map(([, from]) => from);
  if (!existsSync(python)) missing.push(`Python 3 as ${python}`);
  if (findVirtiofsd() === undefined) missing.push('virtiofsd');
  if (missing.length > 0) return `needs ${[...new Set(missing)].join(', ')}; install it (Debian: make system-vm)`;
  try {
    findKernel(options);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Throws, with the remedy, when the kernel or its modules are not there. */
export function findKernel(options: KernelOptions = {}): Kernel {
  const { kernel = `${unpacked}/vmlinuz` } = options;
  if (!existsSync(kernel)) {
    const remedy = options.kernel === undefined ? '; run `make system-vm` (Debian), or name one' : '';
    throw new Error(`needs a kernel, and ${kernel} is not there${remedy}`);
  }
  const release = kernelRelease(kernel);
  const beside = options.kernel === undefined ? `${unpacked}/modules` : `/lib/modules/${release}`;
  const { modules = beside } = options;
  if (!existsSync(`${modules}/modules.dep`)) {
    throw new Error(`needs the kernel's modules, and ${modules}/modules.dep is not there; depmod writes it`);
  }
  return { kernel, modules, release };
}

/** The header of a bzImage: a magic number, and where its version is (Documentation/arch/x86/boot.rst). */
function kernelRelease(path: string): string {
  const header = Buffer.alloc(0x8000);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0x202, 0x206) !== 'HdrS') throw new Error(`${path} is no kernel image (bzImage)`);
  const at = header.readUInt16LE(0x20e) + 0x200;
  const [release = ''] = header.toString('latin1', at, at + 128).split(' ');
  return release;
}
