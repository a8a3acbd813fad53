import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootVirtualMachine, type VirtualMachine } from '../../src/lab/vm.ts';
import { checkout } from './support/lab.ts';
import { describeVm, emulated as slow } from './support/vm.ts';

const support = join(import.meta.dirname, 'support');

/** The processes that descend from one. */
function descendants(pid: number): number[] {
  const path = `/proc/${String(pid)}/task/${String(pid)}/children`;
  const children = existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : [];
  return [children, children.flatMap((child) => descendants(child))].flat();
}

const names = (pids: readonly number[]): string[] =>
  pids
    .filter((pid) => existsSync(`/proc/${String(pid)}`))
    .map((pid) => readFileSync(`/proc/${String(pid)}/comm`, 'utf8').trim());

async function expectGone(pids: readonly number[]): Promise<void> {
  for (let tries = 0; tries < 100 && names(pids).length > 0; tries += 1) await setTimeout(50);
  expect(names(pids)).toEqual([]);
}

describeVm('the virtual machine', () => {
  let vm: VirtualMachine;
  beforeAll(async () => {
    vm = await bootVirtualMachine();
  }, slow);
  afterAll(() => vm.stop());

  it('has a kernel of its own, and this machine’s files, which it cannot change', async () => {
    expect((await vm.run(['uname', '-r'])).stdout.trim()).toBe(vm.kernel);
    expect(vm.kernel).not.toBe(release());
    const path = join(checkout, 'package.json');
    expect((await vm.run(['cat', path])).stdout).toBe(readFileSync(path, 'utf8'));
    expect(await vm.run(['sh', '-c', 'echo 1 >/etc/only-inside && cat /etc/only-inside'])).toMatchObject({
      stdout: '1\n',
    });
    expect(existsSync('/etc/only-inside')).toBe(false);
  });

  it('gives a program its input, environment and folder, and tells what it wrote and how it ended', async () => {
    const script = 'cat; echo "$WORD in $PWD" >&2; exit 3';
    const run = vm.run(['sh', '-c', script], { input: 'in\u00FCt\n', env: { WORD: 'word' }, cwd: '/tmp' });
    expect(await run).toMatchObject({ stdout: 'in\u00FCt\n', stderr: 'word in /tmp\n', exitCode: 3 });
    expect(await vm.run(['sh', '-c', 'kill -TERM $$'])).toMatchObject({ exitCode: 143 });
    expect(await vm.run(['no-such-program'])).toMatchObject({
      exitCode: 127,
      stderr: expect.stringContaining('no-such'),
    });
    const large = 'x'.repeat(300_000);
    expect((await vm.run(['cat'], { input: large })).stdout).toBe(large);
    expect(await vm.run(['true'], { input: large })).toMatchObject({ exitCode: 0 });
  });

  it('runs many at a time, tells output as it comes, and does not wait for a daemon', async () => {
    const seen: string[] = [];
    const [slower, ...others] = await Promise.all([
      vm.run(['sh', '-c', 'echo first; sleep 1; echo second'], { onOutput: (_, chunk) => seen.push(chunk.toString()) }),
      ...['a', 'b', 'c'].map((word) => vm.run(['echo', word])),
      vm.run(['sh', '-c', 'sleep 1000 & echo started']),
    ]);
    expect(slower.stdout).toBe('first\nsecond\n');
    expect(seen).toEqual(['first\n', 'second\n']);
    expect(others.map(({ stdout }) => stdout)).toEqual(['a\n', 'b\n', 'c\n', 'started\n']);
  });

  it('ends a program and what it started when its time is up', async () => {
    const result = await vm.run(['sh', '-c', 'sleep 4321; echo never'], { timeoutMs: 1000 });
    expect(result).toMatchObject({ exitCode: 124, stdout: '' });
    expect((await vm.run(['pgrep', '-f', 'sleep 4321'])).exitCode).toBe(1);
  });

  it('has what this machine may lack: VLANs, ipvlan, bridges that filter VLANs, all of nftables, groups of version 2', async () => {
    const rules = `
      add table bridge t; add chain bridge t c { type filter hook prerouting priority 0; }
      add rule bridge t c ct state established accept
      add rule bridge t c reject
      add table netdev t; add chain netdev t c { type filter hook egress device "ve0" priority 0; }
      add rule netdev t c arp operation request drop
      add table inet t; add chain inet t c { type nat hook postrouting priority 0; }
      add rule inet t c masquerade
      add chain inet t f { type filter hook input priority 0; }
      add rule inet t f fib saddr oif 0 limit rate 1/second log prefix "x" counter reject
      add rule inet t f numgen inc mod 2 0 counter`;
    const script = `
      ip link add ve0 type veth peer name ve1
      ip link add name vl0 link ve0 type vlan id 2
      ip link add name iv0 link ve1 type ipvlan mode l3s
      ip link add br0 type bridge
      ip link set br0 type bridge vlan_filtering 1
      ip -d link show br0 | grep -o 'vlan_filtering 1'
      nft -f - && cat /sys/fs/cgroup/cgroup.subtree_control`;
    const result = await vm.run(['unshare', '-n', 'sh', '-ec', script], { input: rules });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout.split(/\s+/u)).toEqual(expect.arrayContaining(['cpu', 'memory', 'pids', 'cpuset', 'io']));
  });

  it('has a card whose filter shows what makes it promiscuous', { timeout: slow }, async () => {
    const input = readFileSync(join(support, 'card_filter.py'), 'utf8');
    const result = await vm.run(['python3', '-'], { input, timeoutMs: slow });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const own = { own: 20, promiscuity: 0, foreign: 0 };
    const all = { own: 20, promiscuity: 1, foreign: 20, theirs: 20 };
    expect(JSON.parse(result.stdout)).toEqual({
      nothing: { ...own, theirs: 0 },
      'asked for': all,
      bridge: all,
      'filtered bridge': all,
      'quiet bridge': { ...own, theirs: 20 },
      'macvlan private': { ...own, theirs: 20 },
      'macvlan vepa': { ...own, theirs: 20 },
      'macvlan bridge': { ...own, theirs: 20 },
      'macvlan passthru': all,
      'ipvlan l2': { ...own, theirs: 0 },
      'ipvlan l3': { ...own, theirs: 0 },
      'ipvlan l3s': { ...own, theirs: 0 },
      vlan: { ...own, theirs: 0 },
      'nothing again': { ...own, theirs: 0 },
    });
  });

  it('holds throw-away hosts, with a container, whose uplink is a pair of cards', { timeout: slow }, async () => {
    const argv = [process.execPath, '--disable-warning=ExperimentalWarning', join(support, 'host-on-cards.ts')];
    const result = await vm.run(argv, { timeoutMs: slow });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = result.stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { mode: 'unified', ping: 0, link: ['02:00:00:00:00:01', '0x0001', ''], state: 'RUNNING' },
      { mode: 'unified', ping: 0, link: ['52:54:00:ca:00:01', '0x0001', ''], state: '' },
    ]);
  });

  it('leaves no process behind when it is stopped, and takes no program then', { timeout: slow }, async () => {
    const before = descendants(process.pid);
    const other = await bootVirtualMachine({ cardPairs: 2 });
    expect((await other.run(['cat', '/run/rc-lxc-vm/pairs'])).stdout.trim().split('\n')).toHaveLength(2);
    const pids = descendants(process.pid).filter((pid) => !before.includes(pid));
    expect(names(pids)).toEqual(expect.arrayContaining(['qemu-system-x86', 'virtiofsd']));
    const running = other.run(['sleep', '1000']);
    await Promise.all([expect(running).rejects.toThrow('has ended'), other.stop()]);
    await other.stop();
    await expectGone(pids);
    await expect(other.run(['true'])).rejects.toThrow('has ended');
  });

  it('ends with the process that booted it, however that ends', { timeout: slow }, async () => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(support, 'boot-vm.ts')]);
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
    const pids = descendants(child.pid ?? 0);
    expect(names(pids)).toEqual(expect.arrayContaining(['qemu-system-x86', 'virtiofsd']));
    child.kill('SIGKILL');
    await expectGone(pids);
  });
});
