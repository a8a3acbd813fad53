import { runlevelNames } from '../../base/names.ts';
import type { SectionSpec } from '../types.ts';
import { addressKeys } from './nic.ts';
import { settingKeys } from './settings.ts';

export const containerSection: SectionSpec = {
  kind: 'container',
  named: true,
  nameForm: 'name',
  reservedNames: {
    names: runlevelNames,
    reason: "that is a runlevel, and OpenRC would read this container's settings for every container in it",
  },
  summary: 'a container',
  details: 'Its service is lxc.NAME. What it does not say itself it has from its profile, then from the defaults.',
  example: '[container web1]',
  keys: [
    {
      name: 'id',
      type: 'integer',
      min: 1,
      max: 65_000,
      required: true,
      summary: 'A number of its own, from which its addresses and user ids derive.',
      example: 'id = 11',
      since: '0.1.0',
    },
    {
      name: 'use',
      type: 'reference',
      references: 'profile',
      summary: 'The profile that it takes settings from.',
      defaultDoc: 'none',
      example: 'use = web',
      since: '0.1.0',
    },
    ...addressKeys,
    {
      name: 'rootfs',
      type: 'path',
      summary: 'The directory that holds its files. rc-lxc never removes it.',
      defaultDoc: "rootfs in the container's directory below `lxc-path`",
      example: 'rootfs = /var/lib/lxc/web1/rootfs',
      since: '0.1.0',
    },
    {
      name: 'needs',
      type: 'reference-list',
      references: 'container',
      summary: 'Containers that must be ready before it starts; it stops before they do.',
      defaultDoc: 'none',
      example: 'needs = db1, cache1',
      since: '0.1.0',
    },
    ...settingKeys,
  ],
};
