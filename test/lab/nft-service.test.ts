import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { linkInside } from './support/containers.ts';
import { checkout, describeLab, installNftablesService } from './support/lab.ts';
import { killNoted, must, rc, rcStatus, until } from './support/service.ts';
import { shells, type Shell } from './support/shells.ts';

const service = 'rc-lxc-nft';
const file = '/etc/rc-lxc/nftables.nft';
const settings = '/etc/rc-lxc/sysctl';
const conf = '/etc/conf.d/rc-lxc-nft';
const saved = '/var/lib/nftables/rules-save';
const described = (name: string): string =>
  readFileSync(join(checkout, 'test/cases/excelsior/expected/etc/rc-lxc', name), 'utf8');
const rules = described('nftables.nft');
const sysctl = described('sysctl');
const loaded = 'nft list table inet rc-lxc';
const theirs = 'table inet theirs {\n\tchain input {\n\t\ttype filter hook input priority 0;\n\t}\n}\n';

const listed = (host: ThrowawayHost): Promise<string> => must(host, 'nft list tables | sort');
const kernel = (host: ThrowawayHost, ...paths: readonly string[]): Promise<string> =>
  must(host, 'cd /proc/sys/net; cat "$@" | tr "\\n" " "', ...paths);

/** A host whose distribution has a table of its own, loaded by its own service. */
async function bootWithService(shell: Shell, runlevel: boolean): Promise<ThrowawayHost> {
  const host = await bootThrowawayHost({ shell });
  await installShell(host, checkout);
  await installNftablesService(host);
  if (runlevel) linkInside(host, '/etc/runlevels/default/nftables', '/etc/init.d/nftables');
  await host.run(['ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'far0']);
  await must(host, 'rc-update -u');
  return host;
}

/** What every test begins with: both services started, with the described rules and settings. */
async function begin(host: ThrowawayHost): Promise<void> {
  await host.writeFile(file, rules);
  await host.writeFile(settings, sysctl);
  await host.writeFile(saved, theirs);
  await rc(host, 'nftables', ['--ifnotstarted', 'start']);
  await must(host, 'nft -f "$1"', saved);
  const answer = await rc(host, service, 'restart');
  expect(answer, answer.text).toMatchObject({ exitCode: 0 });
}

/** The parts of shell that differ between shells run in each; what OpenRC and nft do is the same in all. */
const inEveryShell = (shell: Shell) => (): void => {
  const thorough = shell === shells[0];
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootWithService(shell, true);
  });
  beforeEach(() => begin(host));
  afterAll(() => host.stop());

  const expectStarted = async (): Promise<void> => {
    await until(host, loaded, 5);
    expect(await rcStatus(host, service)).toBe('started');
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0, text: ' * status: started' });
    expect(await listed(host)).toBe('table bridge rc-lxc\ntable inet rc-lxc\ntable inet theirs');
  };

  it('loads the rules and the kernel settings, as often as it is told to', async () => {
    const first = await must(host, loaded);
    expect(first).toContain('oifname @inner_links return');
    for (const command of ['reload', 'restart', 'reload']) {
      expect(await rc(host, service, command)).toMatchObject({ exitCode: 0 });
      await expectStarted();
      expect(await must(host, loaded)).toBe(first);
    }
    expect(await kernel(host, 'ipv4/ip_forward', 'ipv6/conf/eth0/accept_ra', 'ipv6/conf/all/forwarding')).toBe('1 2 1');
  });

  it('sets what the file says from the first line to the last', async () => {
    const [a, b] = ['net.ipv4.conf.all.log_martians = 1', 'net/ipv4/conf/all/log_martians=0'];
    await host.writeFile(settings, `${a}\n\n# a remark\n  ${b}`);
    await rc(host, service, 'reload');
    expect(await kernel(host, 'ipv4/conf/all/log_martians')).toBe('0');
    await host.writeFile(settings, `${b}\n${a}\n`);
    await rc(host, service, 'reload');
    expect(await kernel(host, 'ipv4/conf/all/log_martians')).toBe('1');
  });

  it('only warns of an interface that is not there, and goes on', async () => {
    await host.writeFile(settings, 'net/ipv6/conf/eth9.5/accept_ra = 2\nnet.ipv4.conf.all.log_martians = 0\n');
    expect(await rc(host, service, 'reload')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('The interface eth9.5 is not there'),
    });
    expect(await kernel(host, 'ipv4/conf/all/log_martians')).toBe('0');
  });

  it.each(['net.ipv4.ip_forward = banana', 'net.ipv4.no_such_thing = 1', 'nonsense'].slice(0, thorough ? 3 : 1))(
    'fails on the setting %s, with the rules loaded',
    async (line) => {
      await host.writeFile(settings, `${line}\nnet.ipv4.conf.all.log_martians = 1\n`);
      expect(await rc(host, service, 'reload')).toMatchObject({
        exitCode: 1,
        text: expect.stringContaining(line.split(' ')[0] ?? ''),
      });
      expect(await kernel(host, 'ipv4/conf/all/log_martians')).toBe('1');
      await must(host, loaded);
      expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
      expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 1 });
      expect(await listed(host)).toBe('table inet theirs');
    },
  );

  it.each(thorough ? ['reload', 'restart'] : ['reload'])(
    'keeps the old rules when %s finds a broken file, and says why',
    async (command) => {
      const before = await must(host, loaded);
      await host.writeFile(file, rules.replace('hook forward', 'hook nowhere'));
      const answer = await rc(host, service, command);
      expect(answer).toMatchObject({ exitCode: 1, text: expect.stringContaining(`nft does not take ${file}`) });
      expect(answer.text).toMatch(/nftables\.nft:\d+:.*Error[^]*nowhere/u);
      expect(await must(host, loaded)).toBe(before);
      expect(await rc(host, service, 'checkconfig')).toMatchObject({ exitCode: 1 });
      // What comes back after a flush is what was loaded, not what does not load.
      await must(host, 'nft flush ruleset');
      await until(host, loaded, 5);
      expect(await must(host, loaded)).toBe(before);
    },
  );

  it('removes its own table only', async () => {
    expect(await rc(host, service, 'stop')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 3, text: ' * status: stopped' });
    expect(await listed(host)).toBe('table inet theirs');
    await until(host, '! ps -e -o args | grep -q "[n]ft.*monitor\\|[n]ft-watch"');
    expect(await must(host, 'find /run -name "*rc-lxc-nft.watch*"; ls /run/rc-lxc-nft')).toBe('held\nlock');
    expect(await host.readFile('/run/rc-lxc-nft/held')).toBe('');
  });

  it('comes back after a restart of the nftables service, which never saves it', async () => {
    expect(await rc(host, 'nftables', 'restart')).toMatchObject({ exitCode: 0 });
    await until(host, '[ -e /run/openrc/started/rc-lxc-nft ]');
    await expectStarted();
    const text = await host.readFile(saved);
    expect(text).toContain('table inet theirs');
    expect(text).not.toContain('rc-lxc');
  });

  it('comes back when the nftables service is stopped and started', async () => {
    expect(await rc(host, 'nftables', 'stop')).toMatchObject({ exitCode: 0 });
    expect(await must(host, 'nft list ruleset')).toBe('');
    expect(await host.readFile(saved)).not.toContain('rc-lxc');
    await until(host, '[ -e /run/openrc/scheduled/nftables/rc-lxc-nft ]');
    expect(await rc(host, 'nftables', 'start')).toMatchObject({ exitCode: 0 });
    await until(host, '[ -e /run/openrc/started/rc-lxc-nft ]');
    await expectStarted();
  });

  const attacks = ['nft flush ruleset && nft -f "$1"', 'rc-service nftables reload', 'nft delete table inet rc-lxc'];
  it.each(thorough ? attacks : attacks.slice(0, 1))('is back at once after %s', async (command) => {
    const before = await must(host, loaded);
    await must(host, command, saved);
    const back = await must(
      host,
      'cut -d" " -f1 /proc/uptime; until nft list table inet rc-lxc >/dev/null 2>&1; do :; done; cut -d" " -f1 /proc/uptime',
    );
    const [gone = 0, there = Number.POSITIVE_INFINITY] = back.split('\n').map(Number);
    expect(there - gone).toBeLessThan(1);
    await expectStarted();
    expect(await must(host, loaded)).toBe(before);
  });

  it('replaces a table of its name that someone else has loaded', async () => {
    await must(host, 'nft "delete table inet rc-lxc; add table inet rc-lxc; add chain inet rc-lxc stale"');
    await until(host, `${loaded} | grep guarded_links && ! ${loaded} | grep stale`, 5);
    await expectStarted();
  });

  it('names a chain of another table that drops what is forwarded', async () => {
    await must(
      host,
      'nft "add table ip strict; add chain ip strict fwrd { type filter hook forward priority 0; policy drop; }"',
    );
    for (const command of ['reload', 'status', 'checkconfig']) {
      const answer = await rc(host, service, command);
      expect(answer).toMatchObject({ exitCode: 0, text: expect.stringContaining('policy drop, ip strict fwrd') });
    }
    await must(host, 'nft "chain ip strict fwrd { policy accept; }; add rule ip strict fwrd accept"');
    expect((await rc(host, service, 'status')).text).not.toContain('strict');
    await must(host, 'nft "add rule ip strict fwrd counter drop"');
    expect((await rc(host, service, 'status')).text).toContain('a last rule that drops, ip strict fwrd');
    await must(host, 'nft delete table ip strict');
  });
};

for (const shell of shells) describeLab(`the service of the packet rules under ${shell}`, inEveryShell(shell));

describeLab('the service of the packet rules', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootWithService('/bin/dash', false);
  });
  beforeEach(async () => {
    await host.writeFile(conf, '');
    await begin(host);
  });
  afterAll(() => host.stop());

  it('does not need the nftables service where no runlevel has it, unless it is told to', async () => {
    const needs = (): Promise<string> => must(host, 'rc-update -u >/dev/null; rc-service rc-lxc-nft ineed');
    expect(await needs()).toBe('');
    await host.writeFile(conf, 'rc_lxc_nft_follow=yes\n');
    expect(await needs()).toBe('nftables');
    linkInside(host, '/etc/runlevels/boot/nftables', '/etc/init.d/nftables');
    await host.writeFile(conf, '');
    expect(await needs()).toBe('nftables');
    await host.writeFile(conf, 'rc_lxc_nft_follow=no\n');
    expect(await needs()).toBe('');
    await must(host, 'rm /etc/runlevels/boot/nftables; : >/etc/conf.d/rc-lxc-nft');
    expect(await needs()).toBe('');
  });

  it('is back after a restart of a service that it does not follow, and tells of the copy saved there', async () => {
    await must(host, 'rc-service nftables restart');
    await until(host, loaded, 5);
    expect((await rc(host, service, 'reload')).text).toContain(`${saved} holds a copy of table inet rc-lxc`);
  });

  it('tells when its table is gone, or was replaced, and nobody watches', async () => {
    await host.writeFile(conf, 'rc_lxc_nft_watch=no\n');
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    await must(host, 'nft flush ruleset');
    expect(await rc(host, service, 'status')).toMatchObject({
      exitCode: 32,
      text: expect.stringContaining('crashed: table bridge rc-lxc is gone'),
    });
    await must(host, 'nft "add table bridge rc-lxc; add table inet rc-lxc"');
    expect(await rc(host, service, 'status')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('Table bridge rc-lxc is not the one that was loaded here'),
    });
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0, text: ' * status: started' });
  });

  it('says of tables that are being loaded what is true once they are', async () => {
    // Nothing is noted of what is loaded while the lock is held.
    const loading = 'cp tables noted; sed "s/[0-9]*$/99999/" noted >tables; : >/noted; sleep 0.5; mv noted tables';
    await must(host, `cd /run/rc-lxc-nft; flock lock sh -c '${loading}' >/dev/null 2>&1 &`);
    await until(host, '[ -e /noted ]');
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0, text: ' * status: started' });
  });

  it('stays started when the watcher is killed, says so, and has one again after a reload', async () => {
    await killNoted(host, '/run/rc-lxc-nft/watch.pid');
    expect(await rcStatus(host, service)).toBe('started');
    expect(await rc(host, service, 'status')).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('The watcher is gone'),
    });
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0, text: ' * status: started' });
    await until(host, '[ "$(pgrep -c -x nft)" = 1 ]', 5);
    await must(host, 'nft flush ruleset');
    await until(host, loaded, 5);
  });

  it('has its watcher’s parts replaced when they are killed', async () => {
    const first = await must(host, 'cat /run/rc-lxc-nft/monitor.pid');
    await must(host, `kill -9 ${first}; nft flush ruleset`);
    await until(host, `${loaded} && [ "$(cat /run/rc-lxc-nft/monitor.pid)" != ${first} ]`, 5);
    // It waits for what is being loaded: an event that comes while the loop is killed at that has no reader, and none follows.
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0, text: ' * status: started' });
    await must(host, 'kill -9 "$(pgrep -P "$(cat /run/rc-lxc-nft/monitor.pid)")"; nft flush ruleset');
    await until(host, loaded, 5);
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0, text: ' * status: started' });
  });

  it('does not load again what is being stopped, whatever happens at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      await must(host, 'nft flush ruleset & rc-service rc-lxc-nft reload & nft flush ruleset; wait');
      await until(host, loaded, 5);
      await must(host, 'nft flush ruleset & rc-service rc-lxc-nft stop; wait; sleep 0.3');
      expect((await host.sh(loaded)).exitCode).toBe(1);
      expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    }
  });

  it('takes settings without rules, rules without settings, and neither', async () => {
    await must(host, 'rm /etc/rc-lxc/nftables.nft');
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    expect(await listed(host)).toBe('table inet theirs');
    expect(await rc(host, service, 'status')).toMatchObject({ exitCode: 0, text: ' * status: started' });
    await must(host, 'rm /etc/rc-lxc/sysctl');
    expect(await rc(host, service, 'restart')).toMatchObject({ exitCode: 0 });
    await host.writeFile(file, rules);
    expect(await rc(host, service, 'reload')).toMatchObject({ exitCode: 0 });
    await must(host, loaded);
  });
});
