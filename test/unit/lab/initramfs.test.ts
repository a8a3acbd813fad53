import { describe, expect, it } from 'vitest';
import { parsePairs } from '../../../src/lab/cards.ts';
import { cpio, file, folder, link, moduleClosure } from '../../../src/lab/vm/initramfs.ts';

describe('cpio', () => {
  it('pads paths and contents to four bytes, and ends with the trailer', () => {
    const archive = cpio([folder('bin'), link('bin/sh', 'busybox'), file('init', 'ab\n', 0o755)]);
    expect(archive.length % 4).toBe(0);
    const text = archive.toString('latin1');
    const header = (inode: number, mode: number, size: number, path: string): string =>
      `070701${[inode, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, path.length + 1, 0].map((n) => n.toString(16).padStart(8, '0')).join('')}${path}\0`;
    expect(text.startsWith(`${header(1, 0o040_755, 0, 'bin')}\0\0${header(2, 0o120_777, 7, 'bin/sh')}`)).toBe(true);
    expect(text).toContain(`${header(3, 0o100_755, 3, 'init')}\0ab\n\0${header(4, 0, 0, 'TRAILER!!!')}`);
  });
});

describe('moduleClosure', () => {
  const dep = [
    'kernel/net/8021q/8021q.ko: kernel/net/802/mrp.ko',
    'kernel/net/802/mrp.ko:',
    'kernel/drivers/virtio-pci.ko.xz: kernel/drivers/virtio.ko.xz',
    'kernel/drivers/virtio.ko.xz:',
    '',
  ].join('\n');

  it('takes what a module needs, finds dashes and compressed ones, and leaves out what is built in', () => {
    expect(moduleClosure(dep, ['virtio_pci', '8021q', 'overlay', 'mrp'])).toEqual([
      'kernel/drivers/virtio-pci.ko.xz',
      'kernel/drivers/virtio.ko.xz',
      'kernel/net/8021q/8021q.ko',
      'kernel/net/802/mrp.ko',
    ]);
  });
});

describe('parsePairs', () => {
  it('reads a line a pair', () => {
    expect(parsePairs('virtio2 52:54:00:ca:00:01 virtio3 52:54:00:ca:00:02\n')).toEqual([
      {
        card: { device: 'virtio2', mac: '52:54:00:ca:00:01' },
        wire: { device: 'virtio3', mac: '52:54:00:ca:00:02' },
      },
    ]);
  });
});
