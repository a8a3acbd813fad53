import { problem } from '../base/errors.ts';
import type { Problem } from '../base/errors.ts';
import type { Host } from '../host/types.ts';
import { typeOf } from '../networks/index.ts';
import type { HostModel } from '../resolve/model.ts';
import { hasPorts } from '../resolve/policy.ts';

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

/** 1 where what stays on one bridge passes the chains of the families ip, ip6 and inet at hook forward, too. */
const bridgeSettings = ['iptables', 'ip6tables'].map((name) => `/proc/sys/net/bridge/bridge-nf-call-${name}`);

/** Whether frames within a bridge of the description pass chains that are meant for what the host forwards. */
export function bridgesPassFilter(host: Host, { networks }: HostModel): boolean {
  const isOn = bridgeSettings.some((path) => host.readText(path)?.trim() === '1');
  return isOn && networks.some((network) => hasPorts(network));
}

/**
 * Whether a drop there cuts containers: at `forward` where the host forwards for them, or what stays on a bridge passes
 * it; at `input` and `output` where they are to reach the host, or it them.
 */
function cuttingChains(host: Host, model: HostModel): (chain: Chain) => boolean {
  const { networks, containers } = model;
  const named = (key: 'allowIn' | 'allowOut'): boolean =>
    containers.some((container) => container[key]?.some(({ target }) => target.kind === 'host') === true);
  const served = networks.some(
    ({ dhcp, dns, ipv4, ipv6 }) => dhcp || dns.some((server) => server === ipv4?.address || server === ipv6?.address),
  );
  const forwards = networks.some((network) => network.nat || typeOf(network).hostRoutes === true);
  const hooks: Readonly<Record<string, boolean>> = {
    forward: forwards || bridgesPassFilter(host, model),
    input: served || named('allowOut'),
    output: served || named('allowIn'),
  };
  const bridges = networks.some((network) => hasPorts(network));
  return ({ table, family, hook = '' }) =>
    table !== ours && (hooks[hook] === true || (hook === 'forward' && family === 'bridge' && bridges));
}

/**
 * Chains of others at such a hook that drop what no rule of theirs accepts, by policy or by a last rule: an accept
 * of ours does not override them (nft(8)). One that has a rule for our interfaces is taken to let them through.
 */
export async function droppingTables(host: Host, model: HostModel): Promise<readonly Problem[]> {
  const cuts = cuttingChains(host, model);
  const output = await host.run(['nft', '-j', 'list', 'ruleset'], { timeoutMs: 60_000 });
  if (output?.exitCode !== 0) return [];
  const { nftables } = JSON.parse(output.stdout) as { nftables: readonly { chain?: Chain; rule?: Rule }[] };
  const rules = nftables.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
  const links = model.networks.flatMap(({ link }) => link ?? []);
  const within = bridgesPassFilter(host, model);
  return nftables
    .flatMap(({ chain }) => (chain !== undefined && cuts(chain) ? [chain] : []))
    .map((chain) => ({ chain, own: rules.filter((rule) => isIn(rule, chain)) }))
    .filter(
      ({ chain, own }) =>
        (chain.policy === 'drop' || dropsAll(own.at(-1))) && !own.some((rule) => accepts(rule, links)),
    )
    .map(({ chain }) => warning(chain, within));
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

/** `within`: whether what stays on a bridge passes there. */
function warning({ family, table, name, policy, hook = 'forward' }: Chain, within: boolean): Problem {
  const { what, sides } = atHook[hook] ?? { what: 'packets', sides: [] };
  const also =
    within && hook === 'forward'
      ? ', and those between containers of one bridge (net.bridge.bridge-nf-call-* is 1)'
      : '';
  const how = policy === 'drop' ? 'by policy' : 'by its last rule';
  const remedies = sides.map((side) => `nft insert rule ${family} ${table} ${name} ${side} "br-*" accept`);
  return problem(
    'foreign-drop-policy',
    `table ${family} ${table}: its chain ${name} drops ${what} ${how}, containers' too${also}; an accept in rc-lxc's table does not override that`,
    {
      severity: 'warning',
      hint: `accept what comes from the containers' bridges there, and what goes to them: ${remedies.join('; ')}`,
    },
  );
}
