import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { must } from './service.ts';

/** A shell with the libraries it is linked to: a program whose name the kernel shows as that of the guest's init. */
const install = `
rootfs=$1 program=$2
shell=$(readlink -f "$(command -v dash || command -v bash)") || exit 1
mkdir -p "$rootfs\${program%/*}" && cp "$shell" "$rootfs$program" || exit 1
# Either PATH or NAME => PATH; the rest are no files.
for library in $(ldd "$shell"); do
	case $library in /*) mkdir -p "$rootfs\${library%/*}" && cp -L "$library" "$rootfs$library" || exit 1 ;; esac
done`;

/**
 * Gives a guest an init that is a real program at `program`, to which /sbin/init is an absolute link, and that runs
 * the script /init.sh. The LXC config needs `lxc.init.cmd = /sbin/init /init.sh`, which only the program's name tells
 * from a system's own init.
 */
export async function makeInit(host: ThrowawayHost, rootfs: string, program: string, script: string): Promise<void> {
  await must(host, 'rm -f "$1/sbin/init"', rootfs);
  await must(host, install, rootfs, program);
  await must(host, '[ "$2" = /sbin/init ] || ln -s "$2" "$1/sbin/init"', rootfs, program);
  await host.writeFile(`${rootfs}/init.sh`, script, 0o755);
}

/** The line for the LXC config. */
export const initLine = 'lxc.init.cmd = /sbin/init /init.sh';

/** Writes the number of the first signal it gets to /signal, and ends; it knows all that any init halts or reboots on. */
export const recording = `
for signal in 1 2 3 10 12 15 18 28 30 34 35 36 37 38 39 40; do
	trap "echo $signal >/signal; exit 0" $signal
done
while :; do sleep 3600 & wait $!; done
`;

/** An init that lets every signal pass. */
export const deaf = `
for signal in 1 2 3 10 12 15 18 28 30 34 35 36 37 38 39 40; do trap '' $signal; done
while :; do sleep 3600; done
`;
