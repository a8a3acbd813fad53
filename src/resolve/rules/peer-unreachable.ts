import { typeOf } from '../../networks/index.ts';
import type { Allowance, ContainerModel, NetworkModel } from '../model.ts';
import { placeInText } from '../place.ts';
import type { Rule, RuleContext } from './types.ts';

const keys = ['allow-in', 'allow-out'] as const;
type Key = (typeof keys)[number];

/** Why nothing that an entry allows can ever pass, and what to do; undefined where something can. */
interface Reason {
  readonly why: string;
  readonly hint: string;
}

export const peerUnreachable: Rule = {
  code: 'peer-unreachable',
  severity: 'error',
  summary: 'Something is allowed that the network’s type never carries.',
  check: (context, report) => {
    for (const container of context.model.containers) {
      const networks = networksOf(context, container);
      if (networks.length === 0) continue;
      for (const key of keys) {
        for (const entry of (key === 'allow-in' ? container.allowIn : container.allowOut) ?? []) {
          const reason = reasonOf(context, container, networks, key, entry);
          if (reason === undefined) continue;
          report(`${container.name}: ${reason.why}`, placeInText(entry.where, entry.text), reason.hint);
        }
      }
    }
  },
};

function networksOf({ model }: RuleContext, { nics }: ContainerModel): readonly NetworkModel[] {
  return nics.flatMap(({ network }) => model.networkByName.get(network) ?? []);
}

function reasonOf(
  context: RuleContext,
  container: ContainerModel,
  networks: readonly NetworkModel[],
  key: Key,
  { target }: Allowance,
): Reason | undefined {
  if (target.kind === 'host') return hostReason(networks, key);
  if (target.kind === 'network') return isolatedReason(networks, [target.name]);
  if (target.kind !== 'container' || target.name === container.name) return undefined;
  const other = context.model.containerByName.get(target.name);
  if (other === undefined) return undefined;
  const others = other.nics.map(({ network }) => network);
  return isolatedReason(networks, others) ?? apartReason(networks, others, target.name);
}

function hostReason(networks: readonly NetworkModel[], key: Key): Reason | undefined {
  const side = key === 'allow-in' ? 'fromHost' : 'toHost';
  if (networks.some((network) => ([4, 6] as const).some((family) => typeOf(network).reach(network, family)[side]))) {
    return undefined;
  }
  const [network] = networks;
  if (network === undefined) return undefined;
  const type = typeOf(network);
  const access = type.keys.includes('host-access')
    ? `write host-access = yes and the host’s address in [network ${network.name}], or take another type: bridge, routed`
    : 'put it into a network whose type reaches the host: bridge, routed';
  return {
    why: `\`${key}\` names the host, but type ${type.name} of ${network.name} keeps host and container apart`,
    hint: access,
  };
}

/** All that both have in common is one network that keeps its containers apart. */
function isolatedReason(own: readonly NetworkModel[], others: readonly string[]): Reason | undefined {
  const [network] = own;
  if (network?.isolate !== true || own.length > 1 || others.some((name) => name !== network.name)) return undefined;
  return {
    why: `${network.name} has \`isolate = yes\`: its containers never reach each other`,
    hint: `leave \`isolate\` out of [network ${network.name}], or put one of them into another network`,
  };
}

/** All that both have in common is one network whose type never carries anything from one container to another. */
function apartReason(own: readonly NetworkModel[], others: readonly string[], other: string): Reason | undefined {
  const [network] = own;
  if (network === undefined || own.length > 1 || others.some((name) => name !== network.name)) return undefined;
  const type = typeOf(network);
  if (others.length === 0 || ([4, 6] as const).some((family) => type.reach(network, family).containers))
    return undefined;
  const mode = network.mode === undefined ? '' : ` in mode ${network.mode}`;
  return {
    why: `it names ${other}, but type ${type.name}${mode} of ${network.name} carries nothing between its own containers`,
    hint: 'put both into a network of a type that carries it, and holds them to it: bridge, routed',
  };
}
