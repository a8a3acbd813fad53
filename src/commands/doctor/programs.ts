import type { Problem } from '../../base/errors.ts';
import { missingPrograms, missingScripts } from '../host-problems.ts';
import { namePortProblems } from '../name-port.ts';
import type { HostCheck } from './types.ts';

/** To `check` these are warnings, since the description is right without them; here they are what is wrong. */
const asError = (found: Problem): Problem => ({ ...found, severity: 'error' });

export const programsCheck: HostCheck = {
  name: 'programs',
  summary:
    'Programs and OpenRC scripts that the services run and that are not installed, and who else answers on port 53.',
  async run({ host, model }) {
    const taken = host.live ? await namePortProblems(host, model) : [];
    const missing = [...missingPrograms(host, model), ...missingScripts(host, model)];
    return {
      found: missing.length === 0 ? 'all that this description needs' : 'not all that this description needs',
      problems: [...missing, ...taken].map((found) => asError(found)),
    };
  },
};
