/** Path below /dev and `TYPE MAJOR:MINOR`, from the kernel's admin-guide/devices.txt. `$1` is the number in the name. */
const known: readonly (readonly [RegExp, string | ((number: number) => string)])[] = [
  [/^fuse$/u, 'c 10:229'],
  [/^net\/tun$/u, 'c 10:200'],
  [/^kvm$/u, 'c 10:232'],
  [/^vhost-net$/u, 'c 10:238'],
  [/^vhost-vsock$/u, 'c 10:241'],
  [/^loop-control$/u, 'c 10:237'],
  [/^mapper\/control$/u, 'c 10:236'],
  [/^btrfs-control$/u, 'c 10:234'],
  [/^cuse$/u, 'c 10:203'],
  [/^uinput$/u, 'c 10:223'],
  [/^uhid$/u, 'c 10:239'],
  [/^watchdog$/u, 'c 10:130'],
  [/^hpet$/u, 'c 10:228'],
  [/^nvram$/u, 'c 10:144'],
  [/^ppp$/u, 'c 108:0'],
  [/^kmsg$/u, 'c 1:11'],
  [/^tty(\d+)$/u, (number) => `c 4:${number}`],
  [/^ttyS(\d+)$/u, (number) => `c 4:${64 + number}`],
  [/^ttyUSB(\d+)$/u, (number) => `c 188:${number}`],
  [/^ttyACM(\d+)$/u, (number) => `c 166:${number}`],
  [/^lp(\d+)$/u, (number) => `c 6:${number}`],
  [/^loop(\d+)$/u, (number) => `b 7:${number}`],
  [/^sr(\d+)$/u, (number) => `b 11:${number}`],
  [/^fb(\d+)$/u, (number) => `c 29:${number}`],
  [/^i2c-(\d+)$/u, (number) => `c 89:${number}`],
  [/^dri\/card(\d+)$/u, (number) => `c 226:${number}`],
  [/^dri\/renderD(\d+)$/u, (number) => `c 226:${number}`],
  [/^input\/event(\d+)$/u, (number) => `c 13:${64 + number}`],
  [/^video(\d+)$/u, (number) => `c 81:${number}`],
  [/^nvidiactl$/u, 'c 195:255'],
  [/^nvidia(\d+)$/u, (number) => `c 195:${number}`],
];

/** `c 10:229` for `/dev/fuse`; undefined for a device whose number the kernel does not fix. */
export function deviceNode(path: string): string | undefined {
  const name = path.replace(/^\/dev\//u, '');
  for (const [pattern, node] of known) {
    const match = pattern.exec(name);
    if (match !== null) return typeof node === 'string' ? node : node(Number(match[1]));
  }
  return undefined;
}
