import { UserError, problem } from '../base/errors.ts';
import type { HostModel } from '../resolve/model.ts';
import { appendContainer } from '../source/append.ts';
import type { SourceFile } from '../source/types.ts';
import { loadModel, resolveSources } from './pipeline.ts';
import type { Command, Context, OptionValues } from './types.ts';

/** How many ids are tried when the next free one gives an address that is taken. */
const tries = 64;

export const newCommand: Command = {
  name: 'new',
  summary: 'add a container to the description',
  description:
    'Appends a section for container NAME to the description, with the next free id. Comments and everything else in the file stay as they are, ' +
    'and nothing is written unless the result is free of mistakes.',
  arguments: [{ name: '<name>', summary: "the container's name", completes: 'nothing' }],
  options: [
    {
      flags: '-n, --network <network>',
      summary: 'the network of its eth0 (required when the description has not just one)',
      completes: 'network',
    },
    {
      flags: '-t, --template <template>',
      summary: 'how `apply --create` makes its rootfs, as for lxc-create: busybox',
      completes: 'template',
    },
  ],
  examples: [['rc-lxc new web1 --network internal --template busybox', 'then: rc-lxc apply --create']],
  async run(context, [name = ''], options) {
    const sources = context.files.readSources(context.source);
    const { model } = await loadModel(context);
    refuseTaken(model, name);
    const entries = new Map([['network', chooseNetwork(model, options)]]);
    if (typeof options['template'] === 'string') entries.set('template', options['template']);
    const { text, id } = await firstThatFits(context, sources, model, name, entries);
    context.files.replace(context.source, text);
    return {
      exitCode: 0,
      text: `${context.source}: added [container ${name}] with id ${id}. Next: rc-lxc apply${entries.has('template') ? ' --create' : ''}`,
      json: { source: context.source, name, id, ...Object.fromEntries(entries) },
    };
  },
};

function refuseTaken(model: HostModel, name: string): void {
  const taken = model.containerByName.get(name);
  if (taken === undefined) return;
  throw new UserError(
    problem('duplicate-container', `there is a container ${name} already`, {
      where: taken.where,
      hint: 'choose another name',
    }),
  );
}

function chooseNetwork(model: HostModel, options: OptionValues): string {
  const wanted = options['network'];
  const names = model.networks.map((network) => network.name);
  if (wanted === undefined && names.length === 1) return names[0] ?? '';
  if (typeof wanted === 'string' && names.includes(wanted)) return wanted;
  const message = wanted === undefined ? 'which network shall it be in?' : `there is no network ${String(wanted)}`;
  const hint =
    names.length === 0 ? 'describe one first: a section [network NAME]' : `--network takes one of: ${names.join(', ')}`;
  throw new UserError(problem('unknown-network', message, { hint }));
}

/** The new text with the lowest free id whose addresses are free too. */
async function firstThatFits(
  context: Context,
  sources: readonly SourceFile[],
  model: HostModel,
  name: string,
  entries: ReadonlyMap<string, string>,
): Promise<{ text: string; id: number }> {
  const [main, ...rest] = sources;
  if (main === undefined) throw new Error('a description without its main file');
  let refused: unknown;
  for (const id of freeIds(model)) {
    const text = appendContainer(main.text, { name, entries: new Map([['id', String(id)], ...entries]) });
    try {
      await resolveSources([{ path: main.path, text }, ...rest], context);
      return { text, id };
    } catch (error) {
      if (
        !(error instanceof UserError) ||
        !error.problems.some(({ code }) => /address|duplicate-(?:id|mac)/u.test(code))
      )
        throw error;
      refused = error;
    }
  }
  throw refused;
}

/** Ids that no container has, lowest first. 1 is left out: it is the host's own part of an address as a rule. */
function* freeIds(model: HostModel): Generator<number> {
  const used = new Set(model.containers.map((container) => container.id));
  let given = 0;
  for (let id = 2; given < tries; id += 1) {
    if (used.has(id)) continue;
    given += 1;
    yield id;
  }
}
