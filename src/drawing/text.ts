/**
 * How wide text is. The table is DejaVu Sans (its `hmtx` table), which is as wide as Verdana and wider than the other
 * sans fonts that readers have: what fits in it fits in those.
 */

export type Weight = 'regular' | 'bold';

/** Of the printable characters of ASCII in their order, in thousandths of the font's size. */
const advances = (rows: readonly string[]): readonly number[] => rows.join(' ').split(' ').map(Number);

const regular = advances([
  '318 401 460 838 637 951 780 275 391 391 500 838 318 361 318 337 637 637 637 637 637 637 637 637',
  '637 637 337 337 838 838 838 531 1000 685 687 699 771 632 576 775 752 295 295 656 558 863 749 788',
  '604 788 695 635 611 732 685 989 686 611 686 391 337 391 838 500 500 613 635 550 635 616 353 635',
  '634 278 278 580 278 975 634 612 635 635 412 521 393 634 592 818 592 592 525 637 337 637 838',
]);

const bold = advances([
  '349 457 521 838 696 1002 873 307 458 458 523 838 380 416 380 366 696 696 696 696 696 696 696 696',
  '696 696 400 400 838 838 838 581 1000 774 763 734 831 684 684 821 837 373 373 775 638 996 837 851',
  '733 851 771 721 683 813 774 1104 771 725 726 458 366 458 838 500 500 675 716 593 716 679 436 716',
  '712 343 343 666 343 1042 712 688 716 716 494 596 479 712 652 924 646 652 583 712 366 712 838',
]);

/** Others that are written here. */
const others: Readonly<Record<string, number>> = { '…': 1000, '·': 380, '–': 500, '’': 380, '→': 838 };

/** What has no width of its own here is taken as wide as the widest. */
const widest = 1104;

/** In pixels, at a size in pixels. */
export function textWidth(text: string, size: number, weight: Weight = 'regular'): number {
  const table = weight === 'bold' ? bold : regular;
  let sum = 0;
  for (const character of text) sum += table[character.charCodeAt(0) - 32] ?? others[character] ?? widest;
  return (sum * size) / 1000;
}

/** The text, or what of its beginning and its end fits with `…` between them. */
export function shortened(text: string, room: number, size: number, weight: Weight = 'regular'): string {
  if (textWidth(text, size, weight) <= room) return text;
  // The end is what names of one stem differ in.
  for (let kept = text.length - 1; kept > 1; kept -= 1) {
    const tail = Math.min(Math.floor(kept / 3), 8);
    const short = `${text.slice(0, kept - tail)}…${text.slice(text.length - tail)}`;
    if (textWidth(short, size, weight) <= room) return short;
  }
  return '…';
}

/** Words put into lines that fit, parted by commas; `most` lines, whose last one says how many words are left. */
export function wrapped(words: readonly string[], room: number, size: number, most: number): readonly string[] {
  const lines: string[] = [];
  const fits = (text: string): boolean => textWidth(`${text},`, size) <= room;
  for (const [index, word] of words.entries()) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last}, ${word}`;
    if (last !== undefined && fits(joined)) lines[lines.length - 1] = joined;
    else if (lines.length < most) lines.push(shortened(word, room - textWidth(',', size), size));
    else return withCommas([...lines.slice(0, -1), more(lines.at(-1) ?? '', words.length - index, room, size)]);
  }
  return withCommas(lines);
}

function withCommas(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line));
}

function more(line: string, left: number, room: number, size: number): string {
  const suffix = `, +${left} more`;
  return shortened(line, room - textWidth(suffix, size), size) + suffix;
}
