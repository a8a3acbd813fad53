import { typeOf } from '../../networks/index.ts';
import type { ContainerModel, HostModel, NetworkModel } from '../../resolve/model.ts';
import { isClosed, isInner } from '../../resolve/policy.ts';
import { code, ranged } from './tables.ts';

/** What is kept from whom, and what is not: a sentence each, with code between backticks. */
export function heldSentences(model: HostModel): readonly string[] {
  const isFiltered = model.host.firewall !== 'none';
  const filtered = isFiltered
    ? 'Containers’ packets pass no rule before those of this description are loaded, and wait while they are not.'
    : 'This description has no packet filter (`firewall = none`): nothing below is held by rules of its own.';
  return [filtered, ...(isFiltered ? networkSentences(model) : []), ...containerSentences(model, isFiltered)];
}

const sources = (network: NetworkModel) => typeOf(network).holds(network).sources;

function networkSentences({ networks }: HostModel): readonly string[] {
  const of = (test: (network: NetworkModel) => boolean, sentence: string): readonly string[] => {
    const found = networks.filter((network) => test(network)).map(({ name }) => name);
    return found.length === 0 ? [] : [`${ranged(found)}: ${sentence}`];
  };
  return [
    ...of(isClosed, 'nothing leaves for the outside but what `allow-out` of a container names.'),
    ...of(isInner, 'nobody but the host gets in from elsewhere unless `allow-in` of a container names him.'),
    ...of(({ isolate }) => isolate, 'its containers are kept from each other.'),
    ...of((network) => sources(network) === 'all', 'every packet of a container is checked for its sender.'),
    ...of(
      (network) => sources(network) === 'wire',
      'what is on the wire is checked for its sender; what containers send each other is not.',
    ),
    ...of(
      (network) => sources(network) === 'nothing' && typeOf(network).drawing(network).carrier !== 'nothing',
      'nothing that is sent can be checked for its sender.',
    ),
  ];
}

function containerSentences({ containers }: HostModel, isFiltered: boolean): readonly string[] {
  const of = (test: (container: ContainerModel) => boolean, sentence: string): readonly string[] => {
    const found = containers.filter((container) => test(container)).map(({ name }) => name);
    return found.length === 0 ? [] : [`${ranged(found)}: ${sentence}`];
  };
  const policy = isFiltered
    ? [
        ...of(({ allowIn }) => allowIn?.length === 0, 'nobody opens connections to it.'),
        ...of(({ allowOut }) => allowOut?.length === 0, 'it opens connections to nobody.'),
        ...of(({ spoofCheck }) => !spoofCheck, `not held to its own addresses (${code('spoof-check = no')}).`),
      ]
    : [];
  return [
    ...of(({ nics }) => nics.length === 0, 'no network at all.'),
    ...policy,
    ...of(({ userNamespace }) => !userNamespace, 'privileged: root inside is root of the host, wherever it gets out.'),
  ];
}
