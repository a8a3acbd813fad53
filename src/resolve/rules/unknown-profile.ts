import { didYouMean } from '../../base/nearest.ts';
import type { Rule } from './types.ts';

export const unknownProfile: Rule = {
  code: 'unknown-profile',
  severity: 'error',
  summary: 'A container uses a profile that the description does not have.',
  check: ({ description }, report) => {
    for (const container of description.containers) {
      const profile = container.get('use', 'reference');
      if (profile === undefined || description.profiles.has(profile)) continue;
      report(
        `${container.name}: there is no profile "${profile}"`,
        container.place('use'),
        didYouMean(profile, description.profiles.keys()) ?? `describe it: [profile ${profile}]`,
      );
    }
  },
};
