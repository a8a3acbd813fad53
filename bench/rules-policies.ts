/** The port that everybody lets in of the container `index`. */
export const portOf = (index: number): number => 8000 + index;

const bit = (index: number, at: number): boolean => ((index >> at) & 1) === 1;

function list(entries: readonly (string | false)[]): string {
  return entries.filter((entry) => entry !== false).join(', ') || 'none';
}

/** The first two have everything, so that their packets pass all questions; of the others each combination is there. */
function policy(index: number): string {
  const has = (at: number): boolean => index < 2 || bit(index, at);
  const allowIn = list([`any:${portOf(index)}/tcp`, has(0) && 'any:icmp', has(1) && 'n']);
  const allowOut = list([has(2) && 'host:53/udp', has(3) && 'n', has(4) && 'outside']);
  return `allow-in = ${allowIn}\n${has(5) ? `allow-out = ${allowOut}\n` : ''}`;
}

/** How many policies there are where containers share them. */
const profiles = 10;

export type Policies = 'own' | 'profiles' | 'none';

/** The description of a host with `count` containers on one bridge, each with a policy of its own or that of a profile. */
export function described(count: number, policies: Policies): string {
  const containers = Array.from({ length: count }, (_, index) => {
    const text = { own: policy(index), profiles: `use = p${index % profiles}\n`, none: '' }[policies];
    return `[container c${index}]\nid = ${index + 2}\nnetwork = n\n${text}`;
  });
  const shared = Array.from({ length: profiles }, (_, index) => `[profile p${index}]\n${policy(index)}`);
  const network = '[network n]\ntype = bridge\nipv4 = 10.0.0.1/16\nipv6 = fd00:0:0:3::1/64\nnat = yes\n';
  const parts = [...(policies === 'profiles' ? shared : []), ...containers];
  return `[host]\nname = bench\nuplink = eth0\nlinks = iproute2\n${network}${parts.join('')}`;
}
