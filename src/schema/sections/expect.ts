import type { SectionSpec } from '../types.ts';

export const expectSection: SectionSpec = {
  kind: 'expect',
  named: true,
  nameForm: 'name',
  summary: 'something that must hold on the network',
  details: '`rc-lxc lab` sends the packets and says where it does not. Nothing on the host changes by it.',
  example: '[expect tinderbox-is-sealed]',
  keys: [
    {
      name: 'from',
      type: 'name',
      required: true,
      summary: 'Who begins: a container, a network (each of its containers), `host` or `outside`.',
      example: 'from = tinderbox',
      since: '0.1.0',
    },
    {
      name: 'to',
      type: 'peer',
      required: true,
      summary:
        'Whom it speaks to, and on what: PEER:PORT/tcp, PEER:PORT/udp or PEER:icmp, with peers as in `allow-in`.',
      details: 'Without a port a ping is sent, and one connection to a port that nobody has opened for others.',
      example: 'to = outside:443/tcp',
      since: '0.1.0',
    },
    {
      name: 'verdict',
      type: 'choice',
      choices: ['allow', 'deny'],
      required: true,
      summary: 'Whether it must get through.',
      example: 'verdict = deny',
      since: '0.1.0',
    },
  ],
};
