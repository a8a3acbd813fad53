/** The kinds of section there are, in the order the manual lists them. */
export const sectionKinds = ['host', 'network', 'profile', 'container', 'nic', 'expect'] as const;

export type SectionKind = (typeof sectionKinds)[number];
