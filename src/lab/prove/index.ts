import { agentRefusal } from '../refusal.ts';
import { vmRefusal } from '../vm.ts';

export { prove } from './prove.ts';
export { reportText } from './text.ts';
export { proveInVm } from './virtual.ts';

/** Why no description can be proven on this machine, in one line with the remedy; undefined when one can. */
export function labRefusal(inVm: boolean): string | undefined {
  return inVm ? vmRefusal() : agentRefusal();
}
