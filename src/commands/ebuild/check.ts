import { packages } from '../../ebuild/packages.ts';
import type { CommandResult, Context, OptionValues } from '../types.ts';
import { manifestGaps } from './manifests.ts';
import { compare, loadOverlay } from './state.ts';
import type { Overlay } from './state.ts';
import { verdicts } from './tools.ts';
import { findingText } from './write.ts';

/**
 * What is out of date in an overlay: it is generated anew in memory and compared, and the Manifests with the files that
 * the ebuilds need; then pkgcheck and Portage are asked, where they are installed. Exit status 1 unless all is well;
 * what a person has edited is shown, and no fault.
 */
export async function check(context: Context, options: OptionValues): Promise<CommandResult> {
  const overlay = loadOverlay(context, options);
  const findings = compare(context, overlay);
  const manifests = manifestLines(overlay);
  const tools = options['tools'] === false ? [] : await verdicts(context.host, overlay);
  const lines = [
    ...findings.map((finding) => findingText(finding)),
    ...manifests,
    ...tools.filter(({ ok }) => !ok).map(({ tool, said }) => `${tool} objects:\n${said}`),
  ];
  const outdated = findings.some(({ state }) => state !== 'edited') || manifests.length > 0;
  const wrong = outdated || tools.some(({ ok }) => !ok);
  const asked = ['pkgcheck', 'portage'].map((name) => {
    const found = tools.find(({ tool }) => tool === name);
    if (found === undefined) return `${name} was not asked`;
    return found.ok ? `${name} has no objection` : `${name} objects`;
  });
  const summary = `${overlay.top}: ${outdated ? 'out of date; rc-lxc ebuild update or manifest writes what is generated' : 'up to date'}; ${asked.join(', ')}`;
  return {
    exitCode: wrong ? 1 : 0,
    text: [...lines, summary].join('\n'),
    json: {
      overlay: overlay.top,
      ok: !wrong,
      files: findings.map(({ path, state }) => ({ path, state })),
      manifests,
      tools,
    },
  };
}

function manifestLines(overlay: Overlay): readonly string[] {
  return packages.flatMap((each) => {
    const { missing, extra } = manifestGaps(each, overlay);
    const lacking = missing.map((name) => `missing   ${name} in the Manifest of ${each.name}`);
    const needless = extra.map(
      (name) => `needless  ${name} in the Manifest of ${each.name}: no generated ebuild needs it`,
    );
    return lacking.concat(needless);
  });
}
