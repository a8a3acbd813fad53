import { describe, expect, it } from 'vitest';

import { UserError } from '../../../src/base/errors.ts';
import { nextManifest } from '../../../src/plan/next-manifest.ts';
import { isEmpty, makePlan } from '../../../src/plan/plan.ts';
import { planSummary, planText } from '../../../src/plan/text.ts';
import { emptyManifest, type Found, type Manifest, type Plan } from '../../../src/plan/types.ts';
import type { DesiredTree } from '../../../src/tree/types.ts';
import { file, lines, link, treeOf } from '../apply/trees.ts';

type Disk = Record<string, Found>;

const text = (content: string, mode = 0o644): Found => ({ kind: 'file', content, mode });

function plan(tree: DesiredTree, disk: Disk, manifest: Manifest = emptyManifest): Plan {
  return makePlan(tree, manifest, {
    look: (path) => disk[path] ?? { kind: 'absent' },
    list: (directory) => {
      const top = directory.endsWith('/') ? directory : `${directory}/`;
      return [
        ...new Set(
          Object.keys(disk).flatMap((path) =>
            path.startsWith(top) ? [path.slice(top.length).split('/')[0] ?? ''] : [],
          ),
        ),
      ];
    },
  });
}

/** The manifest after a tree was applied to an empty host. */
const applied = (tree: DesiredTree): Manifest => nextManifest(plan(tree, {}), []);

const conf = '/etc/conf.d/lxc.web1';
const script = '/etc/init.d/lxc.web1';

describe('a plan', () => {
  it('creates what is not there and leaves what is as wanted', () => {
    const tree = treeOf([file(conf, 'a\n'), file(script, 'b\n', 0o755)]);
    expect(plan(tree, { [conf]: text('a\n') }).changes.map(({ action, path }) => [action, path])).toEqual([
      ['create', script],
    ]);
    expect(isEmpty(plan(tree, { [conf]: text('a\n'), [script]: text('b\n', 0o755) }))).toBe(true);
  });

  it('replaces what is still as it was written', () => {
    const manifest = applied(treeOf([file(conf, 'old\n')]));
    expect(plan(treeOf([file(conf, 'new\n')]), { [conf]: text('old\n') }, manifest).changes).toMatchObject([
      { action: 'replace', path: conf },
    ]);
  });

  it('puts the new version beside what a person has edited, once', () => {
    const manifest = applied(treeOf([file(conf, 'old\n')]));
    const tree = treeOf([file(conf, 'new\n')]);
    const disk: Disk = { [conf]: text('edited\n') };
    const first = plan(tree, disk, manifest);
    expect(first.changes).toMatchObject([{ action: 'beside', beside: '/etc/conf.d/._cfg0000_lxc.web1' }]);
    const second = plan(tree, { ...disk, '/etc/conf.d/._cfg0000_lxc.web1': text('new\n') }, nextManifest(first, []));
    expect(second.changes).toEqual([]);
    expect(second.drift).toEqual([{ path: conf, reason: 'edited' }]);
    // The person has decided against it and removed the offer: it is not made again, until there is another version.
    const third = nextManifest(second, []);
    expect(plan(tree, disk, third).changes).toEqual([]);
    expect(plan(treeOf([file(conf, 'newer\n')]), disk, third).changes).toMatchObject([{ action: 'beside' }]);
  });

  it('takes the next number when another version waits beside', () => {
    const disk: Disk = { [conf]: text('foreign\n'), '/etc/conf.d/._cfg0000_lxc.web1': text('another offer\n') };
    expect(plan(treeOf([file(conf, 'new\n')]), disk).changes).toMatchObject([
      { beside: '/etc/conf.d/._cfg0001_lxc.web1' },
    ]);
  });

  it('takes back a file whose edit was undone', () => {
    const old = treeOf([file(conf, 'old\n')]);
    const offered = nextManifest(plan(treeOf([file(conf, 'new\n')]), { [conf]: text('edited\n') }, applied(old)), []);
    expect(plan(treeOf([file(conf, 'newer\n')]), { [conf]: text('old\n') }, offered).changes).toMatchObject([
      { action: 'replace' },
    ]);
  });

  it('keeps a mode that was set by hand, and changes one that it set', () => {
    const manifest = applied(treeOf([file(conf, 'a\n', 0o644)]));
    const byHand = plan(treeOf([file(conf, 'a\n', 0o644)]), { [conf]: text('a\n', 0o600) }, manifest);
    expect([byHand.changes, byHand.drift]).toEqual([[], [{ path: conf, reason: 'mode' }]]);
    expect(plan(treeOf([file(conf, 'a\n', 0o640)]), { [conf]: text('a\n', 0o644) }, manifest).changes).toMatchObject([
      { action: 'replace' },
    ]);
  });

  it("takes over another package's link to its init script, and no other link", () => {
    const disk: Disk = { [script]: { kind: 'link', target: 'lxc' }, [conf]: { kind: 'link', target: '/somewhere' } };
    const found = plan(treeOf([file(script, 'ours\n', 0o755), file(conf, 'ours\n')]), disk);
    expect(found.changes).toMatchObject([
      { action: 'beside', path: conf, beside: '/etc/conf.d/._cfg0000_lxc.web1' },
      { action: 'take-over', path: script, before: { target: 'lxc' } },
    ]);
  });

  it('removes what is wanted no more, and leaves what was edited', () => {
    const manifest = applied(
      treeOf([file(conf, 'a\n'), file(script, 'b\n', 0o755), link('/etc/init.d/net.br-a', 'net.lo')]),
    );
    const disk: Disk = {
      [conf]: text('a\n'),
      [script]: text('edited\n', 0o755),
      '/etc/init.d/net.br-a': { kind: 'link', target: 'net.lo' },
    };
    const found = plan(treeOf([]), disk, manifest);
    expect(found.changes.map(({ action, path }) => [action, path])).toEqual([
      ['remove', conf],
      ['remove', '/etc/init.d/net.br-a'],
    ]);
    expect(found.drift).toEqual([{ path: script, reason: 'left' }]);
    expect(nextManifest(found, []).files).toEqual({});
  });

  it('adds lines to a file that is not ours and takes only its own out again', () => {
    const tree = treeOf([lines('/etc/subuid', 'root:1:2', 'root:3:4')]);
    const disk: Disk = { '/etc/subuid': text('person:9:9\nroot:3:4', 0o600) };
    const first = plan(tree, disk);
    expect(first.changes).toMatchObject([
      { action: 'replace', after: { content: 'person:9:9\nroot:3:4\nroot:1:2\n', mode: 0o600 } },
    ]);
    const manifest = nextManifest(first, []);
    const after: Disk = { '/etc/subuid': text('person:9:9\nroot:3:4\nroot:1:2\n', 0o600) };
    expect(isEmpty(plan(tree, after, manifest))).toBe(true);
    expect(plan(treeOf([]), after, manifest).changes).toMatchObject([
      { action: 'release', after: { content: 'person:9:9\nroot:3:4\n' } },
    ]);
  });

  it('refuses a directory in the place of a file, with the place in the description', () => {
    const attempt = () => plan(treeOf([file(conf, 'a\n')]), { [conf]: { kind: 'other' } });
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(conf);
  });

  it('adds missing runlevel links, removes its own, and every one of a container that is gone', () => {
    const before = treeOf([], ['web1', 'gone'], { 'lxc.web1': 'default' });
    const manifest = nextManifest(plan(before, {}), []);
    const linked: Found = { kind: 'link', target: '/etc/init.d/x' };
    const disk: Disk = {
      '/etc/runlevels/default/lxc.web1': linked,
      '/etc/runlevels/default/lxc.by-hand': linked,
      '/etc/runlevels/nightly/lxc.gone': linked,
    };
    const found = plan(treeOf([], ['web1', 'db1'], { 'lxc.db1': 'default' }), disk, manifest);
    expect(found.runlevelAdds).toEqual([{ service: 'lxc.db1', runlevel: 'default' }]);
    expect(found.runlevelRemoves).toEqual([
      { service: 'lxc.web1', runlevel: 'default' },
      { service: 'lxc.gone', runlevel: 'nightly' },
    ]);
    expect(found.removedContainers).toEqual([{ name: 'gone', service: 'lxc.gone', lxcPath: '/var/lib/lxc' }]);
  });

  it('tells a service of ours that nothing is left for it, but no container that is only not started with the host', () => {
    const settings = '/etc/rc-lxc/dnsmasq.conf';
    const scripts = [file(script, 'x\n', 0o755)];
    const before = treeOf([...scripts, file(settings, 'x\n')], ['web1'], {
      'lxc.web1': 'default',
      'rc-lxc-dnsmasq': 'default',
    });
    const linked: Found = { kind: 'link', target: '/etc/init.d/x' };
    const disk: Disk = {
      [script]: text('x\n', 0o755),
      [settings]: text('x\n'),
      '/etc/runlevels/default/lxc.web1': linked,
      '/etc/runlevels/default/rc-lxc-dnsmasq': linked,
    };
    expect(plan(treeOf(scripts, ['web1']), disk, applied(before)).restarts).toEqual(['rc-lxc-dnsmasq']);
  });

  it('names the services whose files change, not those that are new', () => {
    const old = { ...file(conf, 'old\n'), services: ['lxc.web1'] };
    const changed = { ...file(conf, 'new\n'), services: ['lxc.web1'] };
    const fresh = { ...file('/etc/conf.d/lxc.db1', 'new\n'), services: ['lxc.db1'] };
    expect(plan(treeOf([changed, fresh]), { [conf]: text('old\n') }, applied(treeOf([old]))).restarts).toEqual([
      'lxc.web1',
    ]);
  });
});

describe('a service that was changed and not restarted', () => {
  const tree = (content: string): DesiredTree => treeOf([{ ...file(conf, content), services: ['lxc.web1'] }]);
  const planned = (wanted: DesiredTree, content: string, manifest: Manifest, started?: string): Plan =>
    makePlan(wanted, manifest, {
      look: (path) => (path === conf ? text(content) : { kind: 'absent' }),
      list: () => [],
      stamp: (path) => (path === '/run/openrc/started/lxc.web1' ? started : undefined),
    });
  const changed = nextManifest(planned(tree('new\n'), 'old\n', applied(tree('old\n')), 'first start'), []);

  it('is named by every plan until it was started another time', () => {
    expect(changed.pending).toEqual({ 'lxc.web1': 'first start' });
    const again = planned(tree('new\n'), 'new\n', changed, 'first start');
    expect([isEmpty(again), again.restarts]).toEqual([true, ['lxc.web1']]);
    expect(nextManifest(again, []).pending).toEqual(changed.pending);
    const restarted = planned(tree('new\n'), 'new\n', changed, 'second start');
    expect([restarted.restarts, nextManifest(restarted, []).pending]).toEqual([[], {}]);
    expect(planned(tree('new\n'), 'new\n', changed).restarts).toEqual([]);
  });

  it('is not remembered when it did not run', () => {
    expect(nextManifest(planned(tree('new\n'), 'old\n', applied(tree('old\n'))), []).pending).toEqual({});
  });
});

describe('the text of a plan', () => {
  const manifest = applied(treeOf([file(conf, 'one\ntwo\n'), file(script, 'x\n')]));
  const found = plan(
    treeOf([file(conf, 'one\nthree\n')]),
    { [conf]: text('one\ntwo\n'), [script]: text('x\n') },
    manifest,
  );

  it('is a unified diff and a line that counts', () => {
    expect(planText(found, { colour: false })).toBe(
      [
        `--- ${conf}\t(now)`,
        `+++ ${conf}\t(new)`,
        '@@ -1,2 +1,2 @@',
        ' one',
        '-two',
        '+three',
        `--- ${script}\t(now)`,
        '+++ /dev/null\t(removed)',
        '@@ -1,1 +0,0 @@',
        '-x',
        '1 to change, 1 to remove',
      ].join('\n'),
    );
  });

  it('shows a control character that a file holds instead of sending it to the terminal', () => {
    const danger = plan(treeOf([file(conf, 'a\n')]), { [conf]: text('\u001B]0;title\u0007\n') }, manifest);
    expect(planText(danger, { colour: false })).toContain('-\\x1b]0;title\\x07');
    expect(planText(danger, { colour: false })).not.toContain('\u001B');
  });

  it('says so when there is nothing to do', () => {
    expect(planSummary(plan(treeOf([]), {}))).toBe('nothing to change');
  });
});
