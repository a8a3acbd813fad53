import type { PhrasingContent, Root, RootContent } from 'mdast';
import type { Node } from 'unist';

/** What a reader copies or compares, character by character. */
export interface Box extends Node {
  type: 'box';
  /** `file`: a whole file; `root`, `user`: commands at that one's prompt; `kernel`: options; `code`: a part of something. */
  kind: 'file' | 'root' | 'user' | 'kernel' | 'code';
  /** Of a file its path, else what it is about. */
  title?: string;
  /** Of a command box, a line each. */
  commands?: readonly string[];
  /** The file, or what the commands print; with its line end, where it has one. */
  text: string;
  /** Where the text comes from, for who puts the boxes of a page on a host. */
  from?: { readonly example: string };
}

/** A picture of an example. */
export interface Drawing extends Node {
  type: 'drawing';
  /** Names its file: `nat`. */
  name: string;
  title: string;
  /** What it shows, for who does not see it. */
  alt: string;
  svg: string;
}

export const admonitionKinds = ['note', 'tip', 'important', 'warning'] as const;

export type AdmonitionKind = (typeof admonitionKinds)[number];

/** A remark that is set apart. */
export interface Admonition extends Node {
  type: 'admonition';
  kind: AdmonitionKind;
  children: RootContent[];
}

/** Where the program is at home, for the margin of a page. */
export interface InfoBox extends Node {
  type: 'infoBox';
  homepage: string;
  /** `app-containers/rc-lxc`. */
  package: string;
}

/** A line that names another page of ours. */
export interface SeeAlso extends Node {
  type: 'seeAlso';
  page: string;
  section?: string;
}

export const markKinds = ['path', 'package', 'useflag'] as const;

export type MarkKind = (typeof markKinds)[number];

/** A word of a kind that forms have a way to show. */
interface Mark extends Node {
  type: 'mark';
  kind: MarkKind;
  value: string;
}

/** A link to another page of ours, or to a section. */
export interface PageLink extends Node {
  type: 'pageLink';
  /** Its name in the registry. */
  page: string;
  section?: string;
  children: PhrasingContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    box: Box;
    drawing: Drawing;
    admonition: Admonition;
    infoBox: InfoBox;
    seeAlso: SeeAlso;
    mark: Mark;
    pageLink: PageLink;
  }
  interface BlockContentMap {
    box: Box;
    drawing: Drawing;
    admonition: Admonition;
    infoBox: InfoBox;
    seeAlso: SeeAlso;
  }
  interface PhrasingContentMap {
    mark: Mark;
    pageLink: PageLink;
  }
}

/** One page, as the registry has it. */
export interface PageEntry {
  /** On the wiki: `LXC/Networking`. */
  readonly name: string;
  /** Its file, without an extension: `networking`. */
  readonly file: string;
  readonly template: string;
  /** One sentence. */
  readonly summary: string;
  /** What it is the page for: `command:check`, `section:host`, `type:bridge`, `output:services`. */
  readonly covers: readonly string[];
}

/** A page with everything expanded: mdast, and of ours the nodes above; no directives, no HTML. */
export interface Page {
  readonly entry: PageEntry;
  /** Of its heading. */
  readonly title: string;
  /** The text of every heading below it, in order. */
  readonly sections: readonly string[];
  readonly root: Root;
}

/** A file of a rendered form; `path` below the output, without a leading slash. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string;
}

/** A way to write all pages. A new one is a file or folder and a line in `forms.ts`. */
export interface Form {
  readonly name: string;
  files(pages: readonly Page[]): readonly RenderedFile[];
}
