import { expect } from 'vitest';
import { gatherFacts } from '../../../src/host/facts.ts';
import { realHost } from '../../../src/host/real.ts';
import type { ThrowawayHost } from '../../../src/lab/host.ts';
import { prove } from '../../../src/lab/prove/index.ts';
import type { LabReport } from '../../../src/lab/prove/report.ts';
import { typeOf } from '../../../src/networks/index.ts';
import { describe } from '../../../src/resolve/description.ts';
import type { HostFacts, HostModel, NetworkModel } from '../../../src/resolve/model.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import { parseSource } from '../../../src/source/parse.ts';
import { hasErrors, UserError } from '../../../src/base/errors.ts';

export interface Proven {
  readonly model: HostModel;
  readonly report: LabReport;
}

export interface ProveOptions {
  readonly attacks?: boolean;
  readonly tamper?: (host: ThrowawayHost) => Promise<void>;
}

/** The model of a description. Throws for a mistake in it. */
export function modelOf(source: string, facts: HostFacts = { installedLxc: '5.0.0', netifrc: false }): HostModel {
  const { model, problems } = resolve(parseSource([{ path: 'host.ini', text: source }]), facts);
  if (model === undefined || hasErrors(problems)) throw new UserError(problems);
  return model;
}

/** What the lab says of a description. Throws for a mistake in it. */
export async function proven(source: string, { attacks = false, tamper }: ProveOptions = {}): Promise<Proven> {
  const parsed = parseSource([{ path: 'host.ini', text: source }]);
  const facts = { ...(await gatherFacts(realHost('/'))), netifrc: false };
  const model = modelOf(source, facts);
  const subject = { model, facts, place: describe(parsed).place, version: 'test' };
  const report = await prove(subject, { attacks, step: () => undefined, ...(tamper === undefined ? {} : { tamper }) });
  return { model, report };
}

/** `host.ini:12 code: message`, of each finding. */
export function findings({ problems }: LabReport): readonly string[] {
  return problems.map(({ file, line, code, message }) => `${file ?? ''}:${String(line ?? '')} ${code}: ${message}`);
}

/**
 * Every promise of every network's type, as `NETWORK FAMILY KEY`, that nothing was measured of: `reach` by family where
 * the network has addresses of it (every interface has link-local IPv6), and `promiscuous` where `cards` show it.
 */
export function unmeasured({ model, report }: Proven, cards = false): readonly string[] {
  const measured = new Set(report.reach.map(({ network, family, key }) => `${network} ${String(family)} ${key}`));
  const seen = new Set(report.promiscuity.filter((row) => row.seen !== undefined).map(({ network }) => network));
  return model.networks.flatMap((network) => [
    ...promises(network).filter((promise) => !measured.has(promise)),
    ...(cards && typeOf(network).promiscuous(network) !== undefined && !seen.has(network.name)
      ? [`${network.name} promiscuous`]
      : []),
  ]);
}

function promises(network: NetworkModel): readonly string[] {
  const type = typeOf(network);
  // One container alone has no other one that it could reach.
  const isAlone = type.most?.(network) === 1;
  const isInner = network.ports.length === 0 && network.parent === undefined;
  const families = network.prefix4 === undefined ? ([6] as const) : ([4, 6] as const);
  return families.flatMap((family) =>
    Object.keys(type.reach(network, family))
      .filter((key) => !(isAlone && key === 'containers'))
      // Nobody outside can name an address that is on one link alone.
      .filter((key) => !(isInner && family === 6 && network.prefix6 === undefined && key === 'fromOutside'))
      .map((key) => `${network.name} ${String(family)} ${key}`),
  );
}

/** All is as promised, and all that is promised was looked at. */
export function expectProven(all: Proven, cards = false): void {
  expect(findings(all.report)).toEqual([]);
  expect(unmeasured(all, cards)).toEqual([]);
  expect(all.report.proven).toBe(true);
}
