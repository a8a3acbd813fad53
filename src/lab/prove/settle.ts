import { setTimeout } from 'node:timers/promises';
import type { Endpoint } from '../endpoint.ts';
import type { EndpointState } from '../state.ts';
import type { Party, States } from './parties.ts';

/** Duplicate address detection takes a second, after up to another; a port of a bridge none. */
const limitMs = 8000;
const pauseMs = 100;

/** Waits until every address of everybody can be used, and tells the states. */
export async function awaitAddresses(
  parties: readonly Party[],
  endpoints: ReadonlyMap<string, Endpoint>,
): Promise<States> {
  const end = performance.now() + limitMs;
  const pairs = parties.map(async ({ name }): Promise<[string, EndpointState][]> => {
    const endpoint = endpoints.get(name);
    if (endpoint === undefined) return [];
    let state = await endpoint.state();
    while (isUnsettled(state) && performance.now() < end) {
      await setTimeout(pauseMs);
      state = await endpoint.state();
    }
    return [[name, state]];
  });
  return new Map((await Promise.all(pairs)).flat());
}

function isUnsettled({ links }: EndpointState): boolean {
  return links.some(({ addr_info: addresses }) =>
    addresses.some(({ tentative, dadfailed }) => tentative === true && dadfailed !== true),
  );
}
