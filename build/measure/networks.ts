import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { hasErrors, UserError } from '../../src/base/errors.ts';
import { fingerprint } from '../../src/docs/fingerprint.ts';
import { formHosts } from '../../src/docs/form-hosts.ts';
import type { FormHost } from '../../src/docs/form-hosts.ts';
import { sides } from '../../src/docs/measured.ts';
import type { AttackedSide, FormRecord, MeasuredNetworks, MeasuredOn, SeenAttacks } from '../../src/docs/measured.ts';
import type { Kernel } from '../../src/docs/network-figures.ts';
import { gatherFacts } from '../../src/host/facts.ts';
import { realHost } from '../../src/host/real.ts';
import { bootThrowawayHost } from '../../src/lab/host.ts';
import { neededOptions } from '../../src/lab/prove/adapt.ts';
import { prove } from '../../src/lab/prove/index.ts';
import { tryKernel } from '../../src/lab/prove/kernel.ts';
import type { LabReport } from '../../src/lab/prove/report.ts';
import { bootVirtualMachine, vmRefusal } from '../../src/lab/vm.ts';
import { describe } from '../../src/resolve/description.ts';
import type { HostModel } from '../../src/resolve/model.ts';
import { resolve as resolveModel } from '../../src/resolve/resolve.ts';
import { parseSource } from '../../src/source/parse.ts';

const checkout = resolve(import.meta.dirname, '../..');

/** Emulated, on a machine that has other things to do. */
const limitMs = 900_000;

type Lab = (text: string) => Promise<LabReport>;

/** What the lab saw of a form; `unchecked` of the description that has the checks off. */
interface Seen {
  readonly host: FormHost;
  readonly kernel: Kernel;
  readonly report: LabReport;
  readonly unchecked: LabReport;
}

/**
 * Runs the lab for every form of every network type: on this machine's kernel those that it has all for, and in the virtual
 * machine the others, and those whose card has to be a real one to show whether it goes promiscuous.
 * `before`: what was recorded; kept of types that are not in `only`, where that names any.
 */
export async function measureNetworks(
  version: string,
  before: MeasuredNetworks,
  only: readonly string[],
  say: (text: string) => void,
): Promise<MeasuredNetworks> {
  const hosts = formHosts().filter(({ type }) => only.length === 0 || only.includes(type.name));
  const isWhole = await wholeness(hosts.map(({ model }) => model));
  const own = hosts.filter((host) => isWhole(host.model) && !isShownByRealCardsAlone(host));
  const seen = [
    ...(await measured('own', own, labHere(version), say)),
    ...(
      await Promise.all(lanesOf(hosts.filter((host) => !own.includes(host))).map((lane) => measuredInVm(lane, say)))
    ).flat(),
  ];
  return merged(only.length === 0 ? { machine: {}, types: {} } : before, seen);
}

/** Whether the running kernel has all that a network needs, what it can do without included. */
async function wholeness(models: readonly HostModel[]): Promise<(model: HostModel) => boolean> {
  const host = await bootThrowawayHost();
  try {
    const [first] = models;
    if (first === undefined) return () => true;
    const { has } = await tryKernel(host, { ...first, networks: models.flatMap(({ networks }) => networks) });
    return ({ networks }) => networks.every((network) => neededOptions(network).every((option) => has(option)));
  } finally {
    await host.stop();
  }
}

/** A veth pair in a card's place goes promiscuous wherever somebody adds a hardware address. */
function isShownByRealCardsAlone({ type, network, model }: FormHost): boolean {
  return model.containers.some(({ nics }) =>
    nics.some((nic) => {
      const attachment = type.attachment(network, nic);
      return attachment.kind === 'parent' && attachment.own === 'mac';
    }),
  );
}

async function measured(
  kernel: Kernel,
  hosts: readonly FormHost[],
  lab: Lab,
  say: (text: string) => void,
): Promise<readonly Seen[]> {
  const all: Seen[] = [];
  for (const host of hosts) {
    const begin = performance.now();
    const report = await lab(host.text);
    const unchecked = report.attacks.length === 0 ? report : await lab(host.unchecked);
    all.push({ host, kernel, report, unchecked });
    say(`${host.label}: ${kernel} kernel, ${Math.round((performance.now() - begin) / 1000)} s`);
    for (const { code, message } of report.problems) say(`  ${code}: ${message}`);
  }
  return all;
}

function labHere(version: string): Lab {
  return async (text) => {
    const parsed = parseSource([{ path: 'host.ini', text }]);
    const facts = { ...(await gatherFacts(realHost('/'))), netifrc: false };
    const { model, problems } = resolveModel(parsed, facts);
    if (model === undefined || hasErrors(problems)) throw new UserError(problems);
    const subject = { model, facts, place: describe(parsed).place, version };
    return prove(subject, { attacks: true, step: () => undefined });
  };
}

/** An emulated machine keeps one processor busy: so many at a time. */
function lanesOf(hosts: readonly FormHost[]): readonly (readonly FormHost[])[] {
  const count = Math.min(availableParallelism(), 4);
  return Array.from({ length: count }, (_, lane) => hosts.filter((_host, at) => at % count === lane));
}

async function measuredInVm(hosts: readonly FormHost[], say: (text: string) => void): Promise<readonly Seen[]> {
  if (hosts.length === 0) return [];
  const refusal = vmRefusal();
  if (refusal !== undefined) throw new Error(`${hosts.map(({ label }) => label).join(', ')}: this machine ${refusal}`);
  const folder = mkdtempSync(join(tmpdir(), 'rc-lxc-measure-'));
  // It sees what is there when it looks first: what is written again is not seen.
  const paths = new Map(
    hosts
      .flatMap(({ text, unchecked }) => [text, unchecked])
      .map((text, at) => [text, join(folder, `${String(at)}.ini`)] as const),
  );
  for (const [text, path] of paths) writeFileSync(path, text);
  const vm = await bootVirtualMachine({ cardPairs: 2, folders: [folder] });
  const lab: Lab = async (text) => {
    const argv = [join(checkout, 'bin/rc-lxc'), 'lab', '--json', '-c', paths.get(text) ?? ''];
    const { stdout, stderr } = await vm.run(argv, { timeoutMs: limitMs });
    const report = stdout === '' ? undefined : (JSON.parse(stdout) as LabReport);
    if (report?.version === undefined) throw new Error(`the lab in the virtual machine: ${stdout}${stderr}`);
    return report;
  };
  try {
    return await measured('virtual', hosts, lab, say);
  } finally {
    await vm.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function merged(before: MeasuredNetworks, seen: readonly Seen[]): MeasuredNetworks {
  const machine: Partial<Record<Kernel, MeasuredOn>> = { ...before.machine };
  const types: Record<string, Record<string, FormRecord>> = Object.fromEntries(
    Object.entries(before.types).filter(([name]) => !seen.some(({ host }) => host.type.name === name)),
  );
  for (const each of seen) {
    const { date, kernel, lxc, nftables, openrc, virtual } = each.report.machine;
    machine[each.kernel] = { date: date.slice(0, 10), kernel, lxc, nftables, openrc, virtual };
  }
  const records: Record<string, Record<string, FormRecord>> = {};
  for (const { type, label } of formHosts()) {
    const found = seen.find(({ host }) => host.label === label);
    const record = found === undefined ? types[type.name]?.[label] : recordOf(found);
    if (record !== undefined) records[type.name] = { ...records[type.name], [label]: record };
  }
  return { machine, types: records };
}

function recordOf({ host, kernel, report, unchecked }: Seen): FormRecord {
  const [card] = report.promiscuity.flatMap(({ seen, seenAsked }) =>
    seen === undefined || seenAsked === undefined ? [] : [{ plain: seen, asked: seenAsked }],
  );
  const attacks = { checked: attacksOf(report), unchecked: attacksOf(unchecked) };
  return {
    fingerprint: fingerprint(host),
    kernel,
    reach: { ipv4: reachOf(report, 4), ipv6: reachOf(report, 6) },
    ...(card === undefined ? {} : { promiscuous: card }),
    ...(report.attacks.length === 0 ? {} : { attacks }),
  };
}

function reachOf({ reach }: LabReport, family: 4 | 6): FormRecord['reach']['ipv4'] {
  return Object.fromEntries(reach.filter((row) => row.family === family).map(({ key, seen }) => [key, seen]));
}

function attacksOf({ parties, attacks: rows }: LabReport): SeenAttacks {
  const kinds = [...new Set(rows.map(({ attack }) => attack))];
  const sideOf = (name: string): AttackedSide => {
    const side = parties.find((party) => party.name === name)?.side;
    return side === 'container' || side === 'host' ? side : 'outside';
  };
  return Object.fromEntries(
    kinds.map((kind) => {
      const own = rows.filter(({ attack }) => attack === kind);
      const reached = new Set(own.flatMap((row) => row.reached.map(sideOf)));
      const frames = own.reduce((sum, { sent }) => sum + sent, 0);
      return [kind, { frames, reached: sides.filter((side) => reached.has(side)) }];
    }),
  );
}
