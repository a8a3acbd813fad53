import { describe, expect, it } from 'vitest';

import metadata from '../../package.json' with { type: 'json' };
import { apply, lackingOf, onHostOf } from '../../build/measure/sessions.ts';
import { factsOf } from '../../src/commands/docs/program.ts';
import type { Example } from '../../src/docs/examples.ts';
import { makePages } from '../../src/docs/index.ts';
import { markdownForm } from '../../src/docs/markdown/index.ts';
import type { ThrowawayHost } from '../../src/lab/host.ts';
import { describeLab } from './support/lab.ts';
import { shownHosts } from './support/rendered-files.ts';
import type { ShownHost } from './support/rendered-files.ts';
import { boxesOf } from './support/wiki-boxes.ts';

const facts = await factsOf(metadata);
const pages = makePages(facts);
const hosts = markdownForm
  .files(pages)
  .filter(({ path }) => path.endsWith('.md'))
  .flatMap(({ path, content }) => shownHosts(path, content))
  .map((shown) => Object.assign({ example: exampleOf(shown) }, shown));

/** The one whose cards and wires the host gets: with the description that the page shows. */
function exampleOf({ page, description }: ShownHost): Example {
  const found = [...facts.examples.values()].find(({ text }) => text === description);
  if (found === undefined) throw new Error(`${page}: its description is none of the examples:\n${description}`);
  return found;
}

/** What reads a file that a host with these packages does not use: netifrc's settings are such. */
const otherReaders: readonly (readonly [path: RegExp, script: string])[] = [
  [/^\/etc\/conf\.d\/net\./u, 'bash -n "$1"'],
];

/** What a page needs to be started that it says in prose alone: something that answers on port 80, for `ready = tcp:80`. */
const webServer = `for each in /var/lib/lxc/*/rootfs/etc/inittab; do
	[ -e "$each" ] || continue
	echo '::respawn:/bin/busybox httpd -f -h /' >>"$each"
done`;

/** Puts the files of a page on the host in place of those that rc-lxc wrote; what is wrong with them, a line each. */
async function putFiles(host: ThrowawayHost, files: ShownHost['files']): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { path, text } of files) {
    const isUsed = await host.exists(path);
    const script = otherReaders.find(([pattern]) => pattern.test(path))?.[1];
    if (!isUsed && script === undefined) wrong.push(`${path}: rc-lxc apply writes no such file`);
    // With its mode, where it is there.
    await host.writeFile(path, text, path.startsWith('/etc/init.d/') ? 0o755 : 0o644);
    if (script === undefined) continue;
    const { exitCode, stderr } = await host.sh(script, { arguments: [path] });
    if (exitCode !== 0) wrong.push(`${path}: ${stderr.trim()}`);
  }
  return wrong;
}

/** Starts every container from the files that are there, and stops all; what is wrong, a line each. */
async function startAll(host: ThrowawayHost, names: readonly string[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const name of names) {
    const { exitCode, stdout, stderr } = await host.sh(
      'rc-service lxc."$1" start && lxc-info -n "$1" -s | grep -q RUNNING',
      { arguments: [name], timeoutMs: 60_000 },
    );
    if (exitCode !== 0) wrong.push(`${name}: ${stdout}${stderr}`);
  }
  return wrong;
}

describeLab('the files that pages show', () => {
  it('are all found in the rendered pages', () => {
    const boxes = pages.flatMap((page) => boxesOf(page)).filter(({ kind }) => kind === 'file');
    const found = hosts.flatMap(({ description, files }) => [description, ...files.map(({ text }) => text)]);
    expect(found).toEqual(boxes.map(({ text }) => text));
  });

  describe.concurrent('are started', () => {
    it.each(hosts)(
      'of $page, $example.name',
      async ({ page, example, files }) => {
        const { name, model } = example;
        const refusal = await lackingOf(example, 'required');
        if (refusal !== undefined) process.stderr.write(`\nSKIPPED: starting ${name} of ${page}: ${refusal}\n`);
        const wrong = await onHostOf(example, async (host) => {
          await apply(host);
          await host.sh(webServer);
          const unfit = await putFiles(host, files);
          const containers = refusal === undefined ? model.containers.map((each) => each.name) : [];
          return [...unfit, ...(await startAll(host, containers))];
        });
        expect(wrong).toEqual([]);
      },
      120_000,
    );
  });
});
