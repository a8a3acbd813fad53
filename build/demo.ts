/**
 * The main job before one's eyes: a throw-away host with real OpenRC and LXC, a description applied to it, a
 * container started by `rc-service`, and its answers. Without root the tree is rendered and explained.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';

import { execa } from 'execa';

import { bootThrowawayHost, throwawayRefusal } from '../src/lab/host.ts';
import type { RunResult, ThrowawayHost } from '../src/lab/host.ts';
import { installShell } from '../src/lab/install.ts';
import { addUplink } from '../src/lab/network.ts';

const checkout = resolve(import.meta.dirname, '..');
const program = join(checkout, 'bin/rc-lxc');
const source = resolve(process.argv[2] ?? 'examples/excelsior/host.ini');
const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
const began = performance.now();

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function heading(text: string): void {
  say(`\n${colour ? styleText('bold', text) : text}`);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

/** As far in as 80 columns allow: rc-status fills them by itself. */
const indented = (text: string): string => `${' '.repeat(Math.max(0, Math.min(4, 80 - text.length)))}${text}`;

/** Shows a command as an administrator types it, with what it printed; a failure ends the demo. */
async function show(host: ThrowawayHost, line: string, note = ''): Promise<RunResult> {
  const result = await host.sh(line, { timeoutMs: 120_000 });
  say(`  # ${line}`);
  if (note !== '') say(`    -> ${note}, ${seconds(result.milliseconds)}`);
  for (const text of `${result.stderr}${result.stdout}`.trimEnd().split('\n')) if (text !== '') say(indented(text));
  if (result.exitCode !== 0) throw new Error(`'${line}' failed with exit status ${result.exitCode}`);
  return result;
}

async function explainWithout(reason: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rc-lxc-demo-'));
  try {
    const output = join(directory, 'tree');
    const { stdout } = await execa(program, ['render', '-c', source, '--output', output], { stderr: 'inherit' });
    heading(`No throw-away host here: ${reason}`);
    say(`What can be done without one: ${stdout}`);
    const { stdout: list } = await execa('find', ['.', '-not', '-type', 'd'], { cwd: output });
    for (const path of list.split('\n').toSorted()) say(`    ${path.slice(1)}`);
    say('\nAs root, this command boots a host in namespaces, applies that tree there, and starts the containers.');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The busybox template makes a system without a service of its own: web1 is given a web server, as an administrator would. */
async function giveWebServer(host: ThrowawayHost): Promise<void> {
  const rootfs = '/var/lib/lxc/web1/rootfs';
  await host.sh(
    `mkdir -p ${rootfs}/www && echo '::respawn:/bin/busybox httpd -f -p 80 -h /www' >>${rootfs}/etc/inittab`,
  );
  await host.writeFile(`${rootfs}/www/index.html`, 'web1 is here\n');
}

/** Each container's first process has an age: the one that came first is the elder. */
async function order(host: ThrowawayHost): Promise<string> {
  const { stdout } = await host.sh(
    'for name in db1 web1; do pid=$(lxc-info -n "$name" -pH); read -r line <"/proc/$pid/stat"; echo "$name ${line##*) }"; done',
  );
  const started = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => [line.split(' ')[0], Number(line.split(' ')[20])]),
  );
  const ahead = ((started.get('web1') ?? 0) - (started.get('db1') ?? 0)) * 10;
  if (ahead < 0) throw new Error('web1 was started before db1, which it needs');
  return `db1 was started first, ${ahead} ms before web1, which needs it`;
}

async function run(host: ThrowawayHost): Promise<void> {
  const uplink = await addUplink(host);
  await installShell(host, checkout);
  await host.sh('mkdir -p /etc/rc-lxc && cp "$1" /etc/rc-lxc/host.ini', { arguments: [source] });
  say(
    `booted a throw-away host in ${seconds(performance.now() - began)}: ${(await host.sh('openrc --version')).stdout.trim()}, LXC ${(await host.sh('lxc-start --version')).stdout.trim()}`,
  );

  heading('From the description to the host');
  await host.sh(`ln -s ${program} /usr/local/bin/rc-lxc`);
  await show(host, 'rc-lxc check');
  await show(host, 'rc-lxc apply --create', 'writes the tree, makes each rootfs');
  await giveWebServer(host);

  heading('Start web1, and what it needs');
  const start = await show(host, 'rc-service lxc.web1 start', 'until web1 listens on port 80');
  say(`    -> ${await order(host)}`);
  await show(host, 'rc-service lxc.tinderbox start');
  await show(host, 'rc-status --servicelist | grep -E "lxc[.]|nft"');
  await show(host, 'lxc-ls -f');
  await show(host, 'rc-lxc status');

  heading('It is on the network');
  await show(host, 'busybox ping -c 1 -W 2 10.0.3.11 | head -n 2');
  await show(host, 'busybox wget -q -O - http://10.0.3.11/');
  await show(
    host,
    `lxc-attach -n web1 -- ping -c 1 -W 2 ${uplink.routerIpv4} | head -n 2`,
    'through NAT to a router outside',
  );

  heading('Stop');
  await show(host, 'rc-service lxc.db1 stop', 'web1 needs it, so web1 stops first');
  await show(host, 'rc-service lxc.tinderbox stop');
  await show(host, 'rc-lxc status');
  heading('Done');
  const text = await host.readFile('/etc/rc-lxc/host.ini');
  const written = text.split('\n').filter((line) => /^[^;#\s]/u.test(line)).length;
  say(`${written} lines of description became services that OpenRC starts in order;`);
  say(`web1 answered ${seconds(start.milliseconds)} after the command.`);
}

const refusal = throwawayRefusal();
if (refusal !== undefined) await explainWithout(refusal);
else {
  const host = await bootThrowawayHost();
  try {
    await run(host);
  } catch (error) {
    process.stderr.write(`\ndemo: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await host.stop();
  }
}
say(`All of it took ${seconds(performance.now() - began)}. Nothing of it is left on this machine.`);
