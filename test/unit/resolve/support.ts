import type { HostFacts, HostModel } from '../../../src/resolve/model.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import type { Resolved } from '../../../src/resolve/resolve.ts';
import { parseSource } from '../../../src/source/parse.ts';

export const facts: HostFacts = { installedLxc: '7.0.0' };

export function resolveText(text: string, known: HostFacts = facts): Resolved {
  return resolve(parseSource([{ path: 'host.ini', text }]), known);
}

/** The model of a description without errors. */
export function modelOf(text: string, known: HostFacts = facts): HostModel {
  const { model, problems } = resolveText(text, known);
  if (model === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return model;
}

/** A description of `count` containers that need each other in pairs. */
export function manyContainers(count: number): string {
  const lines = [
    '[host]',
    'uplink = eth0',
    '[network internal]',
    'ipv4 = 10.0.0.1/16',
    'ipv6 = fd00::1/64',
    'nat = yes',
  ];
  lines.push('[profile small]', 'network = internal', 'memory = 64M', 'pids = 100');
  for (let id = 2; id < count + 2; id += 1) {
    lines.push(`[container c${id}]`, `id = ${id}`, 'use = small', ...(id % 2 === 1 ? [`needs = c${id - 1}`] : []));
  }
  return lines.join('\n');
}
