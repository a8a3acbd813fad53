import { formatTable } from '../base/table.ts';
import { formLabel, formWords } from '../networks/type-forms.ts';
import type { TypeForm } from '../networks/type-forms.ts';
import type { Kernel } from './kernel.ts';
import { wrapped } from './wrapped.ts';

const heading = ['TYPE', 'EACH OTHER', 'HOST', 'OUTSIDE', 'CARD', 'CHECKS', 'LXC', 'KERNEL'];

export function typesText(forms: readonly TypeForm[], kernel: Kernel): string {
  const rows = forms.map((form) => {
    const { eachOther, host, outside, card } = formWords(form);
    const since = form.sinceLxc.replace(/\.0$/u, '');
    return [formLabel(form), eachOther, host, outside, card, form.sources, since, kernelCell(form)];
  });
  return [formatTable(heading, rows), '', ...legend, ...lacking(forms, kernel)].join('\n');
}

const legend = [
  ...wrapped(
    'HOST, OUTSIDE: both ways, or only out (from containers) or in (to them), without allow-in and allow-out.',
  ),
  ...wrapped(
    'CARD: whether it takes in every frame on its wire (all), does so once root in a container wants it (asked), or takes in its own containers’ alone (own).',
  ),
  ...wrapped(
    'CHECKS: of senders and of allow-in and allow-out: all packets, those on the wire but not what containers send each other, or nothing.',
  ),
];

function kernelCell({ kernelOptions }: TypeForm): string {
  if (kernelOptions.some(({ here }) => here === 'no')) return 'lacks';
  return kernelOptions.every(({ here }) => here === 'yes') ? 'ok' : '?';
}

/** What the kernel lacks, each once with the types that need it. */
function lacking(forms: readonly TypeForm[], { release }: Kernel): readonly string[] {
  const missing = forms.flatMap(({ type, kernelOptions }) =>
    kernelOptions.filter(({ here }) => here === 'no').map(({ name, why }) => `${type} needs ${name}: ${why}`),
  );
  if (release === undefined) return [];
  const lines = [...new Set(missing)].flatMap((text) => wrapped(text, '  '));
  return [
    '',
    lines.length === 0 ? `This kernel, ${release}, has all of it.` : `This kernel, ${release}, lacks:`,
    ...lines,
  ];
}
