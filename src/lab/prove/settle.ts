import { setTimeout } from 'node:timers/promises';
import type { Endpoint } from '../endpoint.ts';
import { slowness } from '../machine.ts';
import type { EndpointState } from '../state.ts';
import type { Party, States } from './parties.ts';

/** Duplicate address detection takes a second, after up to another. */
const limitMs = 8000;
const pauseMs = 200;

/** Waits until every address of everybody can be used, and tells the states. */
export async function awaitAddresses(
  parties: readonly Party[],
  endpoints: ReadonlyMap<string, Endpoint>,
): Promise<States> {
  const end = performance.now() + limitMs * slowness();
  const pairs = parties.map(async ({ name }): Promise<[string, EndpointState][]> => {
    const endpoint = endpoints.get(name);
    if (endpoint === undefined) return [];
    while ((await isUnsettled(endpoint)) && performance.now() < end) await setTimeout(pauseMs);
    return [[name, await endpoint.state()]];
  });
  return new Map((await Promise.all(pairs)).flat());
}

/** An address that somebody else has stays tentative for good. */
async function isUnsettled(endpoint: Endpoint): Promise<boolean> {
  const { stdout } = await endpoint.ip('-6', '-oneline', 'address', 'show', 'tentative');
  return stdout.split('\n').some((line) => line !== '' && !line.includes('dadfailed'));
}
