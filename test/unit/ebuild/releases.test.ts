import { describe, expect, it } from 'vitest';

import { refusal, releasesIn } from '../../../src/ebuild/releases.ts';

describe('lists of releases', () => {
  const versions = ['6.0.2', '6.0.3', '7.0.0'];
  it.each([
    [
      'a page of links',
      '<a href="lxc-6.0.3.tar.gz">x</a> <a href="lxc-6.0.3.tar.gz.asc"> <a href="lxc-7.0.0.tar.gz"><a href="lxc-6.0.2.tar.gz"><a href="lxcfs-6.0.4.tar.gz">',
    ],
    ['JSON of a forge', '[{"tag_name": "v7.0.0", "name": "LXC 7"}, {"tag_name":"lxc-6.0.2"},{"tag_name":"v6.0.3"}]'],
    ['a tag a line', 'v6.0.2\nlxc-6.0.3\n\n# none\n7.0.0\nnightly\n'],
  ])('reads %s', (_what, text) => expect(releasesIn(text, 'lxc')).toEqual(versions));

  it('reads stages before a release as upstream spells them', () => {
    expect(releasesIn('lxc-2.0.0.rc1.tar.gz lxc-2.0.0.tar.gz', 'lxc')).toEqual(['2.0.0_rc1', '2.0.0']);
  });
});

describe('the next version', () => {
  it.each([
    ['1.2.4', ['1.2.3']],
    ['1.3.0', ['1.2.3']],
    ['2.0.0_rc1', ['1.2.3']],
    ['1.2.4', ['1.2.4_rc1']],
    ['1.2.4_rc2', ['1.2.4_rc1']],
    ['1.2.3_p1', ['1.2.3']],
    ['1.2.3-r1', ['1.2.3']],
    ['1.2.2-r2', ['1.2.2', '1.2.2-r1', '1.2.3']],
    ['5.0.0', []],
  ])('may be %s after %j', (version, present) => expect(refusal(version, present)).toBeUndefined());

  it.each([
    ['1.2.3', ['1.2.3'], 'already-there'],
    ['1.2.2', ['1.2.3'], 'downgrade'],
    ['1.2.3_rc1', ['1.2.3'], 'downgrade'],
    ['1.2.5', ['1.2.3'], 'version-gap'],
    ['1.4.0', ['1.2.3'], 'version-gap'],
    ['1.3.1', ['1.2.3'], 'version-gap'],
    ['3.0.0', ['1.2.3'], 'version-gap'],
    ['1.3', ['1.2.3'], 'version-gap'],
    ['1.2.3.1', ['1.2.3'], 'version-gap'],
    ['1.2.3-r2', ['1.2.3'], 'version-gap'],
    ['1.2.4-r1', ['1.2.3'], 'version-gap'],
    ['1.2.3-r1', ['1.2.3', '1.2.3-r2'], 'downgrade'],
  ])('is not %s after %j: %s', (version, present, code) => expect(refusal(version, present)?.code).toBe(code));

  it('is what the list says next, stages apart', () => {
    const released = ['6.0.2', '6.0.3', '7.0.0_rc1', '7.0.0'];
    expect(refusal('7.0.0', ['6.0.2'], released)).toMatchObject({
      code: 'version-gap',
      message: 'between 6.0.2 and 7.0.0 there is 6.0.3',
    });
    expect(refusal('6.0.3', ['6.0.2'], released)).toBeUndefined();
    expect(refusal('7.0.0', ['6.0.3'], released)).toBeUndefined();
    expect(refusal('7.0.1', ['6.0.3'], released)?.code).toBe('not-released');
  });
});
