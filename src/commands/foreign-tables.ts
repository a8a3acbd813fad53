import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import type { HostModel } from '../resolve/model.ts';

interface Chain {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly hook?: string;
  readonly policy?: string;
}

interface Rule {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly expr: readonly unknown[];
}

/** Our tables all have this name, whatever their family. */
const ours = 'rc-lxc';

/** The hooks at which a drop cuts containers: `input` and `output` only where they are to reach the host, or it them. */
function hooksOf({ networks, containers }: HostModel): ReadonlySet<string> {
  const named = (key: 'allowIn' | 'allowOut'): boolean =>
    containers.some((container) => container[key]?.some(({ target }) => target.kind === 'host') === true);
  const served = networks.some(({ dhcp }) => dhcp);
  return new Set([
    'forward',
    ...(served || named('allowOut') ? ['input'] : []),
    ...(named('allowIn') ? ['output'] : []),
  ]);
}

/**
 * Chains of others at such a hook that drop what no rule of theirs accepts, by policy or by a last rule: an accept
 * of ours does not override them (nft(8)). One that has a rule for our interfaces is taken to let them through.
 */
export async function droppingTables(host: Host, model: HostModel): Promise<readonly Problem[]> {
  const output = await host.run(['nft', '-j', 'list', 'ruleset'], { timeoutMs: 60_000 });
  if (output?.exitCode !== 0) return [];
  const { nftables } = JSON.parse(output.stdout) as { nftables: readonly { chain?: Chain; rule?: Rule }[] };
  const rules = nftables.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
  const links = model.networks.flatMap(({ link }) => link ?? []);
  const hooks = hooksOf(model);
  return nftables
    .flatMap(({ chain }) => (chain?.hook !== undefined && hooks.has(chain.hook) && chain.table !== ours ? [chain] : []))
    .map((chain) => ({ chain, own: rules.filter((rule) => isIn(rule, chain)) }))
    .filter(
      ({ chain, own }) =>
        (chain.policy === 'drop' || dropsAll(own.at(-1))) && !own.some((rule) => accepts(rule, links)),
    )
    .map(({ chain }) => warning(chain));
}

function isIn(rule: Rule, chain: Chain): boolean {
  return rule.family === chain.family && rule.table === chain.table && rule.chain === chain.name;
}

/** A rule of nothing but a drop or reject, and what counts or logs. */
function dropsAll(rule: Rule | undefined): boolean {
  const words = (rule?.expr ?? []).flatMap((part) => Object.keys(part as object));
  return words.some((word) => word === 'drop' || word === 'reject') && words.every((word) => word !== 'match');
}

function accepts({ expr }: Rule, links: readonly string[]): boolean {
  const text = JSON.stringify(expr);
  return text.includes('"accept"') && [...links, 'br-*'].some((link) => text.includes(`"${link}"`));
}

/** What is dropped there, and the side that a rule can tell our packets by. */
const atHook: Readonly<Record<string, { readonly what: string; readonly sides: readonly string[] }>> = {
  forward: { what: 'forwarded packets', sides: ['iifname', 'oifname'] },
  input: { what: 'packets for the host', sides: ['iifname'] },
  output: { what: 'packets of the host', sides: ['oifname'] },
};

function warning({ family, table, name, policy, hook = 'forward' }: Chain): Problem {
  const { what, sides } = atHook[hook] ?? { what: 'packets', sides: [] };
  const how = policy === 'drop' ? 'by policy' : 'by its last rule';
  const remedies = sides.map((side) => `nft insert rule ${family} ${table} ${name} ${side} "br-*" accept`);
  return problem(
    'foreign-drop-policy',
    `table ${family} ${table}: its chain ${name} drops ${what} ${how}, containers' too; an accept in rc-lxc's table does not override that`,
    {
      severity: 'warning',
      hint: `accept what comes from the containers' bridges there, and what goes to them: ${remedies.join('; ')}`,
    },
  );
}
