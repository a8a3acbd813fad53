import { quoteNftAddress, quoteNftInterface, quoteNftName, quoteNftString } from '../../base/quote/index.ts';
import { Written, partRenderer, renderer } from '../render.ts';
import type { Renderer, TemplateName } from '../render.ts';

const plain = /^[-A-Za-z0-9_.@ :;,/{}()|&=!<>]*(?:"[^"\p{Cc}]*"[-A-Za-z0-9_.@ :;,/{}()|&=!<>]*)*$/u;

/** Text of nft that our own code put together from quoted fields: nothing in it ends a line or a block. */
function plainNft(text: string): string {
  if (!plain.test(text)) throw new Error(`not a line of nft: ${JSON.stringify(text)}`);
  return text;
}

const helpers = { interface: quoteNftInterface, address: quoteNftAddress, name: quoteNftName, plain: plainNft };

/** A template of a file for nft. */
export function nftRenderer(name: TemplateName): Renderer<object> {
  return renderer(name, quoteNftString, helpers);
}

/** A template of a part of one. */
export function nftPart(name: TemplateName): (data: object) => Written {
  return partRenderer(name, quoteNftString, helpers);
}

/** The part of a table that has none of it. */
export const noText = new Written('');

/** What several tables are made of. */
export const parts = {
  sets: nftPart('nftables/sets'),
  chains: nftPart('nftables/chains'),
  sources: nftPart('nftables/sources'),
  stateless: nftPart('nftables/stateless'),
} as const;

/** The chains that judge a packet without connection tracking, for each family; `leaving` is nft's text before a sender. */
export function judges(
  has: (name: string) => boolean,
  by: 'port' | 'address',
  leaving = '',
): { readonly judge4: Written; readonly judge6: Written } {
  const judge = (family: 4 | 6): Written => {
    const suffix = by === 'port' ? '' : String(family);
    const ip = family === 4 ? 'ip' : 'ip6';
    const [mine, its] = by === 'port' ? ['iifname', 'oifname'] : [`${ip} saddr`, `${ip} daddr`];
    return parts.stateless({
      has,
      family,
      f: String(family),
      suffix,
      leaving,
      mine,
      its,
      policy: `with_policy${suffix}`,
    });
  };
  return { judge4: judge(4), judge6: judge(6) };
}
