/** One quoting function for each language that is written; see each file for what its language can hold. */
export { commentText, displayText } from './comment.ts';
export { quoteDnsmasq } from './dnsmasq.ts';
export { quoteEbuild, quoteXml } from './ebuild.ts';
export { UnquotableError } from './errors.ts';
export { quoteLxc, quoteMountField } from './lxc.ts';
export { quoteMarkdown, quoteMarkdownCell, quoteMarkdownCode, quoteMarkdownText } from './markdown.ts';
export { quoteNftAddress, quoteNftInterface, quoteNftName, quoteNftString } from './nft.ts';
export { quoteRoff, quoteRoffArgument, quoteRoffText } from './roff.ts';
export { quoteSh, quoteShList } from './sh.ts';
export { quoteWikiArgument, quoteWikiAttribute, quoteWikiBox, quoteWikiPre, quoteWikiText } from './wiki.ts';
