import { placeInText } from '../place.ts';
import type { Rule } from './types.ts';

export const unknownDevice: Rule = {
  code: 'unknown-device',
  severity: 'error',
  summary: 'The kernel gives a device no fixed number, so that no rule for it can be written.',
  check: ({ model, place }, report) => {
    const prefix = model.host.cgroup1Controllers.includes('devices') ? 'lxc.cgroup.devices' : 'lxc.cgroup2.devices';
    for (const { name, devices } of model.containers) {
      for (const device of devices.filter(({ node }) => node === undefined)) {
        report(
          `${name}: ${device.path} has no number that is the same on every machine`,
          placeInText(place('container', name, 'devices'), device.path),
          `take it out, and write instead with the numbers that "ls -l ${device.path}" shows: ` +
            `mount = ${device.path} ${device.path} and raw = ${prefix}.allow = c MAJOR:MINOR ${device.access}`,
        );
      }
    }
  },
};
