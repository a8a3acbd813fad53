import { describe, expect, test } from 'vitest';

import { parse, problemsOf, plain } from './support.ts';

describe('each trap has its code and its place', () => {
  test.each<[string, string[]]>([
    ['name = x\n', ['key-outside-section 1:1 name']],
    ['[host]\nnmae = x\n', ['unknown-key 2:1 nmae']],
    ['[host]\nname = x\nname = y\n', ['duplicate-key 3:1 name']],
    ['[host]\n[container a]\n[host]\n', ['duplicate-section 3:1 [host]']],
    ['[contaner web1]\nid = 1\n', ['unknown-section 1:1 [contaner web1]']],
    ['[]\n', ['unknown-section 1:1 []']],
    ['[container.web1]\nid = 1\n', ['dotted-section 1:1 [container.web1]']],
    ['[container web.1]\nid = 1\n', ['dotted-section 1:1 [container web.1]']],
    ['[container]\nid = 1\n', ['missing-section-name 1:1 [container]']],
    ['[host excelsior]\n', ['superfluous-section-name 1:1 [host excelsior]']],
    ['[container web 1]\n', ['bad-section-name 1:1 [container web 1]']],
    ['[container default]\n', ['bad-section-name 1:1 [container default]']],
    ['[container ../x]\n', ['dotted-section 1:1 [container ../x]']],
    ['[container a/b]\n', ['bad-section-name 1:1 [container a/b]']],
    ['  [host\nname = x\n', ['unclosed-header 1:3 [host']],
    ['[host] x\nname = x\n', ['text-after-header 1:8 x']],
    ['[[host]]\n', ['text-after-header 1:8 ]']],
    ['[host]\nname\n', ['not-an-assignment 2:1 name']],
    ['[host]\nname: x\n', ['not-an-assignment 2:1 name: x']],
    ['[host]\nname # = x\n', ['not-an-assignment 2:1 name # = x']],
    ['[host]\n= x\n', ['missing-key 2:1 =']],
    ['[host]\nname = a;b\n', ['comment-in-word 2:9 ;']],
    ['[host]\nname = http://x/#y ; c\n', ['comment-in-word 2:17 #']],
    ['[host]\nname = "a\n', ['unclosed-quote 2:8 "a']],
    ['[host]\nname = \'a" ; x\n', ['unclosed-quote 2:8 \'a" ; x']],
    ['[host]\nname = "a" b\n', ['text-after-quote 2:12 b']],
    ['[host]\nname = "a";b\n', ['text-after-quote 2:11 ;b']],
    [
      String.raw`[host]
name = "a\qb\\\z"`,
      [String.raw`bad-escape 2:10 \q`],
    ],
    [
      String.raw`[host]
name = "\\\u12"`,
      [String.raw`bad-escape 2:11 \u`],
    ],
    ['[container a]\nsysctl.x = 1\n', ['bad-key-name 2:1 sysctl.x']],
    ['[container a]\nraw.a/b = 1\n', ['bad-key-name 2:1 raw.a/b']],
    ['[network a]\nports[] = eth0\n', ['unknown-key 2:1 ports[]']],
    ['[__proto__]\nx = 1\n', ['unknown-section 1:1 [__proto__]']],
    ['[container __proto__]\n', ['bad-section-name 1:1 [container __proto__]']],
    ['[container a]\n__proto__ = 1\nconstructor = 2\n', ['unknown-key 2:1 __proto__', 'unknown-key 3:1 constructor']],
    ['[host]\nname = a\0b\n', ['not-text 2:9 \u{FFFD}']],
    ['[host]\nname = \u{FFFD}\n', ['not-text 2:8 \u{FFFD}']],
    ['\u{7F}ELF\n', ['not-text 1:1 \u{FFFD}']],
    ['[host]\nname = a\u{2028}b\n', ['not-text 2:9 \u{FFFD}']],
  ])('%j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
    for (const found of parse(text).problems) expect(found.hint).not.toBe('');
  });

  test('a section that stands in two files names both places', () => {
    const [found] = parse('[host]\n[container a]\n', '\n[container a]\n').problems;
    expect(found?.message).toBe('[container a] stands twice: first at host.ini:2');
    expect([found?.where?.file, found?.where?.line]).toEqual(['host.ini.d/1.ini', 2]);
  });

  test('a key that stands twice names both places, and the first counts', () => {
    const { problems, sections } = parse('[host]\nname = a\n\nname = b\n');
    expect(problems[0]?.message).toBe('name stands twice in [host]: first at host.ini:2');
    expect(sections[0]?.entries.get('name')?.value).toBe('a');
  });

  test('a section does not go on in the next file', () => {
    expect(problemsOf('[host]\n', 'name = a\n')).toEqual(['key-outside-section 1:1 name']);
  });

  test.each([
    ['[host]\nmemory = 1\n', 'it is a key of [profile], [container]'],
    ['[host]\nNAME = x\n', 'did you mean "name"?'],
    ['[container a]\nready_timeout = 1\n', 'did you mean "ready-timeout"?'],
    ['[container a]\nsomething = 1\n', 'rc-lxc explain container lists the keys there are'],
    ['[conatiner a]\n', 'did you mean "container"?'],
    ['[container.web1]\n', 'write [container web1]'],
    ['[container web.1]\n', 'use a dash: [container web-1]'],
  ])('%j: %s', (text, hint) => {
    expect(parse(text).problems[0]?.hint).toBe(hint);
  });
});

describe('what could be read is there all the same', () => {
  test('a section with mistakes keeps its other keys', () => {
    const parsed = parse('[container a]\nid = 1\nmemroy = 2\nfoo\npids = 3\ntemplate = x;y\n');
    expect(plain(parsed)).toEqual([
      [
        'container',
        'a',
        [
          ['id', '1'],
          ['pids', '3'],
          ['template', 'x;y'],
        ],
      ],
    ]);
  });

  test('one whose name is none is left out, and so is one that stands a second time', () => {
    expect(plain(parse('[container a_b]\nid = 1\n[container a]\nid = 2\n[container a]\nid = 3\n'))).toEqual([
      ['container', 'a', [['id', '2']]],
    ]);
  });

  test('mistakes in it are still found, those in an unknown section are not', () => {
    expect(problemsOf('[container a_b]\nmemroy = 1\n[contaner x]\nfoo = 1\n')).toEqual([
      'bad-section-name 1:1 [container a_b]',
      'unknown-key 2:1 memroy',
      'unknown-section 3:1 [contaner x]',
    ]);
  });
});
