import { typeOf } from '../networks/index.ts';
import type { ContainerModel, HostModel, NetworkModel } from './model.ts';

/** The families that a network has addresses of; one without any still has link-local IPv6. */
export function familiesOf({ prefix4, prefix6 }: NetworkModel): readonly (4 | 6)[] {
  if (prefix4 === undefined) return [6];
  return prefix6 === undefined ? [4] : [4, 6];
}

/** The networks that a container has an interface in. */
export function networksOf(model: HostModel, { nics }: ContainerModel): readonly NetworkModel[] {
  return nics.flatMap(({ network }) => model.networkByName.get(network) ?? []);
}

/**
 * Whether there is a way from one container to another, whatever their policies say: in a network that both are in; else
 * the host forwards from the one to the other, or the outside does.
 */
export function isCarried(model: HostModel, from: ContainerModel, to: ContainerModel, family: 4 | 6): boolean {
  const others = new Set(networksOf(model, to));
  const shared = networksOf(model, from).filter((network) => others.has(network));
  if (shared.length > 0) return shared.some((network) => typeOf(network).reach(network, family).containers);
  const ways = (container: ContainerModel) =>
    networksOf(model, container).map((network) => typeOf(network).reach(network, family));
  return (
    ways(from).some(({ toHost, toOutside }) => toHost || toOutside) &&
    ways(to).some(({ fromHost, fromOutside }) => fromHost || fromOutside)
  );
}
