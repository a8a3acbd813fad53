import { quoteXml } from '../base/quote/index.ts';

/** One element of XML with its attributes; `inside` is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  inside: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${quoteXml(String(value))}"`);
  const opened = `<${name}${written.join('')}`;
  return inside.length === 0 ? `${opened}/>` : `${opened}>${inside.join('')}</${name}>`;
}

export function tooltip(text: string): string {
  return element('title', {}, [quoteXml(text)]);
}
