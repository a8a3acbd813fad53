import type { Command, OptionSpec } from '../commands/types.ts';
import { kernelOptions } from '../kernel/catalogue.ts';
import type { KernelEntry } from '../kernel/types.ts';
import { cgroup2Names, legacyKeys, legacyPrefixes } from '../lxc/legacy.ts';
import { networkTypes } from '../networks/index.ts';
import { formLabel, formsOf } from '../networks/type-forms.ts';
import type { TypeForm } from '../networks/type-forms.ts';
import type { NetworkType } from '../networks/types.ts';
import { outputKinds } from '../outputs/index.ts';
import type { OutputKind } from '../outputs/types.ts';
import { knownProblems } from '../resolve/problems.ts';
import type { KnownProblem } from '../resolve/problems.ts';
import { explainSpec } from '../schema/explain.ts';
import type { Explanation } from '../schema/explain.ts';
import { sections } from '../schema/index.ts';
import { peerForms } from '../schema/peers.ts';
import type { SectionSpec } from '../schema/types.ts';
import { resolveExamples } from './examples.ts';
import type { Example } from './examples.ts';
import { fingerprint } from './fingerprint.ts';
import { formHosts } from './form-hosts.ts';
import type { FormHost } from './form-hosts.ts';
import { judge } from './judged.ts';
import type { JudgedForm } from './judged.ts';
import type { NetworkFigures } from './network-figures.ts';
import { recorded } from './recorded.ts';
import type { Recorded } from './recorded.ts';

/** What the program says of itself; its registries are passed in, because commands use the documentation. */
export interface Program {
  readonly version: string;
  readonly purpose: string;
  readonly commands: readonly Command[];
  readonly commonOptions: readonly OptionSpec[];
  readonly exitStatuses: readonly (readonly [status: number, meaning: string])[];
  readonly firstSteps: readonly string[];
  /** The packages of the overlay: `lxc`, `app-containers/lxc`, and where to read of it. */
  readonly packages: readonly {
    readonly name: string;
    readonly atom: string;
    readonly homepage: string;
    readonly flags: readonly { readonly name: string; readonly text: string }[];
  }[];
  /** What `doctor` looks at. */
  readonly checks: readonly { readonly name: string; readonly summary: string }[];
}

/** A form of a network type: what it promises, and what was measured of it. */
interface DocumentedForm extends TypeForm {
  readonly label: string;
  readonly measured: JudgedForm;
  /** Whether its speed was measured of the type as it is. */
  readonly speed: JudgedForm['state'];
}

/** A network type, with its forms; what is not copied here is in `type` itself. */
interface DocumentedType {
  readonly name: string;
  readonly type: NetworkType;
  readonly forms: readonly DocumentedForm[];
  readonly kernel: readonly KernelEntry[];
}

/** A section of the description, and every key as `rc-lxc explain` tells it. */
interface DocumentedSection {
  readonly kind: string;
  readonly spec: SectionSpec;
  readonly keys: readonly Explanation[];
}

/** All that templates may draw upon: nothing else is a source. In a template it is `it`. */
export interface Facts extends Program, Recorded {
  readonly types: readonly DocumentedType[];
  readonly sections: readonly DocumentedSection[];
  /** Every option of the kernel, once for each feature that needs it. */
  readonly kernel: readonly KernelEntry[];
  readonly outputs: readonly OutputKind[];
  readonly problems: readonly KnownProblem[];
  readonly peers: typeof peerForms;
  readonly examples: ReadonlyMap<string, Example>;
  /** Old names of LXC's keys, and what took their place; '' where nothing did. */
  readonly legacyKeys: typeof legacyKeys;
  readonly legacyPrefixes: typeof legacyPrefixes;
  readonly cgroup2Names: typeof cgroup2Names;
}

/** `types`: others than the program's own, to see what pages make of them. */
export function makeFacts(
  program: Program,
  results: Recorded = recorded,
  types: readonly NetworkType[] = networkTypes,
): Facts {
  const kernel = kernelOptions();
  const hosts = formHosts(types);
  return {
    ...program,
    ...results,
    types: types.map((type) => documented(type, kernel, hosts, results)),
    sections: sections.map((spec) => ({
      kind: spec.kind,
      spec,
      keys: spec.keys.map((key) => explainSpec(key, spec.kind)),
    })),
    kernel,
    outputs: outputKinds,
    problems: knownProblems(),
    peers: peerForms,
    examples: resolveExamples(),
    legacyKeys,
    legacyPrefixes,
    cgroup2Names,
  };
}

function documented(
  type: NetworkType,
  kernel: readonly KernelEntry[],
  hosts: readonly FormHost[],
  results: Recorded,
): DocumentedType {
  // What a page says holds on every kernel that has what the page names.
  const forms = formsOf(type, () => 'unknown').map((form): DocumentedForm => {
    const label = formLabel(form);
    return Object.assign({ label, ...judgedBy(form, label, hosts, results) }, form);
  });
  return {
    name: type.name,
    type,
    forms,
    kernel: kernel.filter(({ feature }) => feature === `network:${type.name}`),
  };
}

function judgedBy(
  form: TypeForm,
  label: string,
  hosts: readonly FormHost[],
  { measured, bench }: Recorded,
): Pick<DocumentedForm, 'measured' | 'speed'> {
  const host = hosts.find((each) => each.label === label);
  if (host === undefined) throw new Error(`${label}: no host to measure it by`);
  const own = fingerprint(host);
  const { figures }: NetworkFigures = bench.networks;
  const speed = figures.types[form.type]?.[label];
  return {
    measured: judge(measured, label, { form, fingerprint: own }),
    speed: speed === undefined ? 'none' : speed.fingerprint === own ? 'current' : 'earlier',
  };
}
