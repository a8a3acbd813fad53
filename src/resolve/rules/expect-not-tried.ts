import { typeOf } from '../../networks/index.ts';
import type { ExpectModel, HostModel, PeerTarget } from '../model.ts';
import type { Rule } from './types.ts';

export const expectNotTried: Rule = {
  code: 'expect-not-tried',
  severity: 'error',
  summary: 'Something is expected of packets that nobody can send, or that are none of this host’s.',
  check: ({ model, description, place }, report) => {
    for (const section of description.expects) {
      if (section.get('from', 'name') !== 'none' && section.get('to', 'peer')?.name !== 'none') continue;
      report(`${section.name}: nobody is called none`, section.where, 'name a container, a network, host or outside');
    }
    for (const expect of model.expects) {
      const why = reason(model, expect);
      if (why === undefined) continue;
      report(`${expect.name}: ${why}`, place('expect', expect.name, 'from'), 'name others in `from` and `to`');
    }
  },
};

function reason(model: HostModel, { from, to: { target: to } }: ExpectModel): string | undefined {
  if (from.kind === to.kind && (from.kind === 'outside' || from.kind === 'host'))
    return from.kind === 'host' ? 'the host speaks to itself' : 'what goes on outside is none of this host’s';
  if (from.kind === 'container' && to.kind === 'container' && from.name === to.name)
    return `${from.name} speaks to itself`;
  const mute = [from, to].find((end) => isMute(model, end));
  return mute && `${'name' in mute ? mute.name : ''} has no interface of its own to send from or to be reached at`;
}

/** Whether no interface of who is named has an address of its own. */
function isMute({ containers, networkByName }: HostModel, end: PeerTarget): boolean {
  if (end.kind !== 'container' && end.kind !== 'network') return false;
  const nics = containers
    .filter(({ name }) => end.kind === 'network' || name === end.name)
    .flatMap((container) => container.nics)
    .filter(({ network }) => end.kind === 'container' || network === end.name);
  return nics.every(({ network: name }) => {
    const network = networkByName.get(name);
    return network !== undefined && !typeOf(network).keys.includes('ipv4');
  });
}
