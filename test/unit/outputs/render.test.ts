import { describe, expect, it } from 'vitest';

import { quoteSh } from '../../../src/base/quote/index.ts';
import { renderer } from '../../../src/outputs/render.ts';
import { templates } from '../../../src/outputs/templates.generated.ts';

const conf = renderer('settings/conf', quoteSh);

describe('renderer', () => {
  it('quotes every value for the language of the file', () => {
    const text = conf({ header: ['Why'], settings: [{ name: 'a_b', value: '$(x) "y" `z`' }] });
    expect(text).toBe('# Why\n\na_b=\'$(x) "y" `z`\'\n');
  });

  it.each([undefined, null, {}, true])('throws for %s, which is no value', (value) => {
    expect(() => conf({ header: [], settings: [{ name: 'a', value }] })).toThrow(/settings\/conf: a value is/u);
  });

  it.each(['a b', '$x', 'a\nb', '', '-x', 'a;b'])('lets no word be more than one: %j', (name) => {
    expect(() => conf({ header: [], settings: [{ name, value: '' }] })).toThrow('not a plain word');
  });

  it('keeps a comment on its line', () => {
    const text = conf({ header: ['one\ntwo\rthree\u2028four', 'päth'], settings: [] });
    expect(text.split(/[\n\r\u2028]/u)).toHaveLength(4);
    expect(text).toContain('# päth\n');
  });

  it('has templates that print nothing raw, and indent shell with tabs', () => {
    for (const [name, text] of Object.entries(templates)) {
      expect(text, name).not.toContain('<%-');
      // A news item is prose, whose lists are indented by blanks (GLEP 42).
      if (name !== 'ebuild/news') expect(text, name).not.toMatch(/^ +\S/mu);
      expect(text, name).toMatch(/\n$/u);
    }
  });
});
