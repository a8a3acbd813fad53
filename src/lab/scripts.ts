import { existsSync } from 'node:fs';
import { join } from 'node:path';

const beside = import.meta.dirname;

/** Where boot.sh, inside.sh and agent/ are: beside the sources, or in the folder `lab` beside the bundle. */
export const labFolder = existsSync(join(beside, 'boot.sh')) ? beside : join(beside, 'lab');
