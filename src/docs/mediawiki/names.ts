/** How the picture of an example is called on a wiki, where all files lie in one place: `Rc-lxc_nat.svg`. */
export function fileName(drawing: string): string {
  return `Rc-lxc_${drawing}.svg`;
}

/**
 * What a link leads to: a page of ours, or a section of it.
 * @throws Error for a section whose name a link cannot hold.
 */
export function linkTarget(page: string, section?: string): string {
  if (section === undefined) return page;
  if (/[#<>[\]{}|&]/u.test(section)) throw new Error(`a wiki cannot link to a section called ${section}`);
  return `${page}#${section}`;
}
