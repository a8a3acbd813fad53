import { describe, expect, it } from 'vitest';

import { resolveText } from './support.ts';

const codes = (text: string): readonly string[] => resolveText(text).problems.map(({ code }) => code);
const net = '[network n]\nipv4 = 10.0.0.1/29\n';

describe('hints that name something free', () => {
  it.each([
    [
      'an id',
      '[container a]\nid = 4\nnetwork = n\n[container b]\nid = 4\nipv4 = none\nnetwork = n\n',
      /id = (\d+)/u,
      'id = 4\nipv4',
    ],
    ['an address', '[container a]\nid = 4\nnetwork = n\nipv4 = 10.0.0.7\n', /ipv4 = ([\d.]+)/u, 'ipv4 = 10.0.0.7'],
  ])('%s: followed, it leaves nothing to find', (_, text, pattern, replaced) => {
    const [found] = resolveText(net + text).problems;
    const suggestion = pattern.exec(found?.hint ?? '')?.[0] ?? '';
    expect(suggestion).not.toBe('');
    const followed = replaced.startsWith('id') ? `${suggestion}\nipv4` : suggestion;
    expect(codes(net + text.replace(replaced, followed))).toEqual([]);
  });
});
