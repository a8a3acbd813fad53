import { applyCommand } from './apply.ts';
import { checkCommand } from './check.ts';
import { docsCommand } from './docs.ts';
import { doctorCommand } from './doctor.ts';
import { ebuildCommand } from './ebuild.ts';
import { explainCommand } from './explain.ts';
import { firewallCommand } from './firewall.ts';
import { labCommand } from './lab.ts';
import { networksCommand } from './networks.ts';
import { newCommand } from './new.ts';
import { planCommand } from './plan.ts';
import { renderCommand } from './render.ts';
import { statusCommand } from './status.ts';
import type { Command } from './types.ts';

/** Every command, in the order that help lists them. A new one is one file and one line. */
export const commands: readonly Command[] = [
  newCommand,
  checkCommand,
  doctorCommand,
  explainCommand,
  networksCommand,
  renderCommand,
  planCommand,
  labCommand,
  applyCommand,
  statusCommand,
  firewallCommand,
  ebuildCommand,
  docsCommand,
];
