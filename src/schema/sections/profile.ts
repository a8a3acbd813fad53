import type { SectionSpec } from '../types.ts';
import { settingKeys } from './settings.ts';

export const profileSection: SectionSpec = {
  kind: 'profile',
  named: true,
  nameForm: 'name',
  summary: 'settings that containers share',
  details:
    'A container takes them with `use`; what it says itself comes first. ' +
    "Keys with a dot are taken one by one: a container's sysctl.NAME replaces the profile's of the same name alone.",
  example: '[profile web]',
  keys: settingKeys,
};
