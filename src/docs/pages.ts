import type { PageEntry } from './types.ts';

/**
 * Every page, in the order of the index. A new one is a template and an entry; `covers` names what it is the page for, and
 * a contract test finds what no page covers, and what a page covers and does not name.
 */
export const pages: readonly PageEntry[] = [
  {
    name: 'LXC/Networking',
    file: 'networking',
    template: 'docs/networking',
    summary: 'Which network a container should have, what each type reaches and costs, and how it is set up.',
    covers: [
      'section:network',
      'section:nic',
      'section:expect',
      'type:bridge',
      'type:routed',
      'type:macvlan',
      'type:ipvlan',
      'type:vlan',
      'type:phys',
      'type:empty',
      'type:none',
      'command:networks',
      'command:firewall',
      'command:lab',
      'output:links',
      'output:firewall',
      'output:sysctl',
      'output:ports',
      'output:dnsmasq',
      'output:resolvers',
    ],
  },
  {
    name: 'LXC/OpenRC',
    file: 'openrc',
    template: 'docs/openrc',
    summary: 'Containers as OpenRC services: dependencies, readiness, supervision and stopping.',
    covers: ['section:container', 'section:profile', 'command:status', 'output:services', 'output:settings'],
  },
  {
    name: 'LXC/Migration',
    file: 'migration',
    template: 'docs/migration',
    summary: 'From keys that LXC no longer loads, and from older init scripts, to a description.',
    covers: ['output:configs', 'command:doctor'],
  },
  {
    name: 'rc-lxc',
    file: 'rc-lxc',
    template: 'docs/rc-lxc',
    summary: 'Installing rc-lxc, the first container, and the reference of every command and key.',
    covers: [
      'section:host',
      'command:new',
      'command:check',
      'command:explain',
      'command:render',
      'command:plan',
      'command:apply',
      'command:ebuild',
      'command:docs',
      'output:seccomp',
      'output:subids',
    ],
  },
];
