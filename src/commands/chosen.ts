import { UserError, problem } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { ContainerModel, HostModel } from '../resolve/model.ts';

/**
 * The containers that a command is about: the one that is named, by its own name or its service's, else all.
 * @throws UserError when there is none of that name.
 */
export function chosenContainers(model: HostModel, name: string | undefined): readonly ContainerModel[] {
  if (name === undefined) return model.containers;
  const found = model.containers.filter((container) => container.name === name || container.service === name);
  if (found.length > 0) return found;
  const hint = didYouMean(name, model.containerByName.keys()) ?? 'rc-lxc status lists them';
  throw new UserError(problem('unknown-container', `there is no container ${name}`, { hint }));
}
