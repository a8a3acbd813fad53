import { expect, it } from 'vitest';
import { casesOf, plainBridge } from '../../bench/network-cases.ts';
import { networkTypes } from '../../src/networks/index.ts';

const facts = { installedLxc: '5.0.0', netifrc: false };

it.each(casesOf(facts).map((one) => [one.label, one] as const))('the benchmark has a host for %s', (_label, one) => {
  const { subject } = one;
  if ('nothing' in subject) expect(subject.nothing).toMatch(/^[A-Z].*\.$/u);
  else expect(subject.model.networks).toMatchObject([{ type: one.type }]);
});

it('the benchmark knows every form of every type', () => {
  const forms = networkTypes.flatMap(({ name, forms: all }) => all.map(() => name));
  expect(casesOf(facts).map(({ type }) => type)).toEqual(forms);
  expect(new Set(casesOf(facts).map(({ label }) => label)).size).toBe(forms.length);
  expect(plainBridge(facts).host.firewall).toBe('none');
});
