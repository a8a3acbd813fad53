import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootThrowawayHost, type ThrowawayHost } from '../../src/lab/host.ts';
import { installShell } from '../../src/lab/install.ts';
import { addContainer } from './support/containers.ts';
import { deaf, initLine, makeInit } from './support/fake-init.ts';
import { checkout, describeLab } from './support/lab.ts';
import { must, rc } from './support/service.ts';

/** Links of the guest's, each to the next by a path that is nearly as long as a link can be. */
const longLinks = `
padding=$(printf './%.0s' $(seq 2000)) number=1
rm -f "$1/sbin/init" && ln -s /l1 "$1/sbin/init"
while [ "$number" -lt 38 ]; do
	ln -s "/l$((number + 1))/$padding" "$1/l$number"
	number=$((number + 1))
done
mkdir "$1/l38"`;

/** The guest's shell: says no to whatever it is asked, and from a moment on (hundredths of a second) nothing. */
const late = `#!/bin/busybox sh
read -r now _ </proc/uptime
now=\${now%.*}\${now#*.}
[ -e /first ] || echo "$now" >/first
read -r first </first
read -r moment </moment
[ "$now" -lt $((first + moment)) ] || exec /bin/busybox sleep 1000
exit 1
`;

describeLab('root in a container against the host', () => {
  let host: ThrowawayHost;

  beforeAll(async () => {
    host = await bootThrowawayHost({ cgroup: 'v2-only' });
    await installShell(host, checkout);
  });
  afterAll(() => host.stop());

  it('cannot have the host’s terminal do anything by the name of its init', async () => {
    const service = await addContainer(host, 'escape', { config: [initLine], settings: { lxc_stop_timeout: '1' } });
    await makeInit(host, '/var/lib/lxc/escape/rootfs', '/usr/bin/\u{1B}]0;title\u{7}\nstatus: started', deaf);
    const said = [
      await rc(host, service, 'checkconfig'),
      await rc(host, service, 'start'),
      await rc(host, service, 'stop'),
    ];
    for (const { text, exitCode } of said) {
      expect(exitCode).toBe(0);
      expect(text).not.toMatch(/(?!\n)\p{Cc}|^status: started/mu);
    }
    expect(said[2]?.text).toContain('(a program with an odd name): killing it');
  });

  it('cannot keep the host busy with links that make an endless path', async () => {
    const service = await addContainer(host, 'links');
    await must(host, longLinks, '/var/lib/lxc/links/rootfs');
    const { text, milliseconds } = await rc(host, service, 'checkconfig', { timeoutMs: 30_000 });
    expect(text).toContain('halts on signal TERM (unknown)');
    expect(milliseconds).toBeLessThan(5000);
  });

  it('cannot pass for what is left of another container by the name of a cgroup of its own', async () => {
    const other = await addContainer(host, 'other');
    const service = await addContainer(host, 'forger', {
      config: ['lxc.mount.auto = proc:mixed sys:mixed cgroup:mixed'],
    });
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
    const forge =
      'cd /sys/fs/cgroup && mkdir lxc.payload.other && (sleep 900 & echo $! >lxc.payload.other/cgroup.procs)';
    await must(host, 'lxc-attach -n forger -- sh -c "$1"', forge);
    expect(await rc(host, other, 'status')).toMatchObject({ exitCode: 3, text: expect.stringContaining('stopped') });
    expect((await rc(host, other, 'start')).text).not.toContain('killing them');
    expect(await must(host, 'cat /sys/fs/cgroup/lxc.payload.forger/lxc.payload.other/cgroup.procs')).not.toBe('');
  });

  it('cannot pass for a monitor that hangs by taking the number of one that is gone', async () => {
    const service = await addContainer(host, 'gone');
    await must(host, 'mkdir -p /run/rc-lxc; sleep 900 & kill -STOP $!; echo $! >/run/rc-lxc/lxc.gone.pid');
    expect((await rc(host, service, 'status')).text).toMatch(/status: stopped$/u);
    expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
  });

  it('cannot hold a start up by hanging when its time to be ready is all but over', async () => {
    const settings = { lxc_ready: 'exec:true', lxc_ready_timeout: '2' };
    const service = await addContainer(host, 'late', { settings, config: ['lxc.mount.auto = proc:mixed'] });
    const rootfs = '/var/lib/lxc/late/rootfs';
    await must(host, 'rm "$1/bin/sh" && sed -i "1s,.*,#!/bin/busybox sh," "$1/sbin/init"', rootfs);
    await host.writeFile(`${rootfs}/bin/sh`, late, 0o755);
    // Which of its last moments the guest is asked in differs from start to start.
    for (const moment of [192, 195, 198]) {
      await host.writeFile(`${rootfs}/moment`, String(moment));
      await must(host, 'rm -f "$1/first"', rootfs);
      const { exitCode, text, milliseconds } = await rc(host, service, 'start', { timeoutMs: 15_000 });
      expect(exitCode).toBe(1);
      expect(text).toContain('it was not ready (exec:true) within 2 seconds');
      expect(milliseconds).toBeLessThan(5000);
    }
  });
});

/** Answers in place of LXC's monitor that the container runs, and that its init is the process of this number. */
const impostor = `
import socket, struct, sys, threading
listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
listener.bind('\\0/var/lib/lxc/squatted/command')
listener.listen(50)
print('ready', flush=True)
def answer(peer):
    while (request := peer.recv(4096)):
        state = struct.unpack('i', request[:4])[0] == 3
        peer.send(struct.pack('iiq', 0, 0, 2 if state else int(sys.argv[1])))
while True:
    threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()
`;

describeLab('a user of the host', () => {
  it('cannot have the service believe in, or kill, a process that is no container', async () => {
    const host = await bootThrowawayHost();
    try {
      await installShell(host, checkout);
      const service = await addContainer(host, 'squatted');
      await host.writeFile('/impostor.py', impostor);
      const victim = await must(host, 'sleep 900 >/dev/null 2>&1 & echo $!');
      await must(
        host,
        'setpriv --reuid 65534 --regid 65534 --clear-groups python3 /impostor.py "$1" >/tmp/said 2>&1 & until grep -q ready /tmp/said; do sleep 0.02; done',
        victim,
      );
      expect((await rc(host, service, 'status')).text).toContain('stopped; and another program answers in place of');
      expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 1 });
      await rc(host, service, 'stop');
      expect(await host.exists(`/proc/${victim}`)).toBe(true);
    } finally {
      await host.stop();
    }
  });
});

describeLab('containers whose names begin alike', () => {
  it('keep what their services know of them', async () => {
    const host = await bootThrowawayHost();
    try {
      await installShell(host, checkout);
      const services = [await addContainer(host, 'web'), await addContainer(host, 'web.example')] as const;
      for (const service of services) expect(await rc(host, service, 'start')).toMatchObject({ exitCode: 0 });
      const kept = await must(host, 'ls /run/rc-lxc | grep example');
      expect(await rc(host, services[0], 'stop')).toMatchObject({ exitCode: 0 });
      expect(await must(host, 'ls /run/rc-lxc')).toBe(kept);
    } finally {
      await host.stop();
    }
  });
});
