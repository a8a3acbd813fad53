import type { Facts } from './facts.ts';

/**
 * Why pages are not to be believed in what they say was measured, a line each: what was not measured, what was measured of
 * something that is no longer so, and what came out otherwise than promised.
 */
export function staleFacts({ types, measured }: Pick<Facts, 'types' | 'measured'>): readonly string[] {
  const forms = types.flatMap((type) => type.forms);
  const labels = new Set(forms.map(({ label }) => label));
  const records = Object.values(measured.types).flatMap((all) => Object.keys(all));
  return [
    ...forms.flatMap(staleForm),
    ...records
      .filter((label) => !labels.has(label))
      .map((label) => `network ${label}: measured, but no form of a type`),
  ];
}

const outdated = {
  current: [],
  earlier: ['measured with an earlier form of this type'],
  none: ['not measured'],
} as const;

const outdatedSpeed = {
  current: [],
  earlier: ['its speed was measured with an earlier form of this type'],
  none: ['its speed was not measured'],
} as const;

function staleForm({ label, measured, speed }: Facts['types'][number]['forms'][number]): readonly string[] {
  return [...outdated[measured.state], ...measured.differences, ...outdatedSpeed[speed]].map(
    (what) => `network ${label}: ${what}`,
  );
}
