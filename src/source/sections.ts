import type { Place, Problem } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { isSectionKind, keyLabel, keySpec, sectionSpec, sections } from '../schema/index.ts';
import type { SectionKind } from '../schema/kinds.ts';
import { sectionNameProblem } from '../schema/section-names.ts';
import type { SourceCode } from './codes.ts';
import { hasTooMany, placeOf, sourceProblem } from './tokens.ts';
import type { Assignment, Header, Token } from './tokens.ts';
import type { Entry, Section } from './types.ts';

interface OpenSection extends Section {
  readonly kind: SectionKind;
  readonly entries: Map<string, Entry>;
}

/** Where a key goes: into a section, into one that is already wrong (nothing more is said of it), or nowhere. */
type Current = OpenSection | 'ignored' | 'none';

/** Puts tokens together to sections, over all files, and checks them against the schema. */
export class SectionReader {
  readonly #sections: Section[] = [];
  readonly #byTitle = new Map<string, Section>();
  #problems: Problem[] = [];
  #current: Current = 'none';
  #file = '';
  readonly #decode: (raw: string) => string;

  /** `decode` makes the value of what stands behind the equals sign, quotes and escapes and all. */
  constructor(decode: (raw: string) => string) {
    this.#decode = decode;
  }

  get sections(): readonly Section[] {
    return this.#sections;
  }

  /** Reads one file; a section never goes on in the next one. Gives what is wrong with this file. */
  readFile(file: string, tokens: readonly Token[]): readonly Problem[] {
    this.#file = file;
    this.#problems = [];
    this.#current = 'none';
    for (const token of tokens) {
      if (token.kind === 'header') this.#current = this.#open(token);
      else this.#add(token);
      if (hasTooMany(this.#problems, file, token)) break;
    }
    return this.#problems;
  }

  #refuse(code: SourceCode, message: string, where: Place, hint: string | undefined): void {
    this.#problems.push(sourceProblem(code, message, where, hint));
  }

  #open(header: Header): Current {
    if (header.content === undefined) return 'ignored';
    const where = placeOf(this.#file, header, header.column, header.length);
    const [kind = '', ...words] = header.content.split(/\s+/u);
    const name = words.join(' ');
    if (!isSectionKind(kind)) return this.#unknown(header.content, kind, where);
    const section: OpenSection = { kind, name, where, entries: new Map() };
    if (this.#misnamed(section)) return section;
    const title = `${kind} ${name}`;
    const first = this.#byTitle.get(title);
    if (first === undefined) {
      this.#byTitle.set(title, section);
      this.#sections.push(section);
    } else {
      const message = `[${title.trim()}] stands twice: first at ${first.where.file}:${first.where.line}`;
      this.#refuse('duplicate-section', message, where, 'put the two together, or give one of them another name');
    }
    return section;
  }

  #unknown(content: string, kind: string, where: Place): 'ignored' {
    const [before = '', ...after] = content.split('.');
    if (isSectionKind(before) && after.length > 0) {
      const hint = `write [${before} ${after.join('-')}]`;
      this.#refuse('dotted-section', `[${content}] has a dot where a blank belongs`, where, hint);
      return 'ignored';
    }
    const kinds = sections.map((section) => section.kind);
    const hint = didYouMean(kind, kinds) ?? `there are: ${kinds.map((known) => `[${known}]`).join(' ')}`;
    this.#refuse('unknown-section', `there is no section [${kind}]`, where, hint);
    return 'ignored';
  }

  /** Whether the section's name is none; such a section is read for its mistakes and left out. */
  #misnamed({ kind, name, where }: Section & { readonly kind: SectionKind }): boolean {
    const spec = sectionSpec(kind);
    if (!spec.named) {
      if (name !== '')
        this.#refuse('superfluous-section-name', `[${kind}] takes no name`, where, `write ${spec.example}`);
      return name !== '';
    }
    if (name === '') {
      this.#refuse('missing-section-name', `[${kind}] needs a name`, where, `write it like ${spec.example}`);
      return true;
    }
    const wrong = sectionNameProblem(spec, name);
    if (wrong === undefined) return false;
    const dotted = name.includes('.');
    const hint = dotted ? `use a dash: [${kind} ${name.replaceAll('.', '-')}]` : wrong.hint;
    this.#refuse(dotted ? 'dotted-section' : 'bad-section-name', wrong.message, where, hint);
    return true;
  }

  #add(token: Assignment): void {
    const section = this.#current;
    if (section === 'ignored') return;
    const keyWhere = placeOf(this.#file, token, token.keyColumn, token.key.length);
    if (section === 'none') {
      this.#refuse(
        'key-outside-section',
        `"${token.key}" stands before the first section`,
        keyWhere,
        'begin with [host]',
      );
      return;
    }
    if (this.#unknownKey(section.kind, token.key, keyWhere)) return;
    const first = section.entries.get(token.key);
    if (first !== undefined) {
      const message = `${token.key} stands twice in [${`${section.kind} ${section.name}`.trim()}]: first at ${first.keyWhere.file}:${first.keyWhere.line}`;
      this.#refuse('duplicate-key', message, keyWhere, 'remove one of the two');
      return;
    }
    const where = placeOf(this.#file, token, token.valueColumn, token.valueLength);
    section.entries.set(token.key, { key: token.key, value: this.#decode(token.raw), where, keyWhere });
  }

  #unknownKey(kind: SectionKind, key: string, where: Place): boolean {
    const spec = keySpec(kind, key);
    if (spec === undefined) {
      this.#refuse('unknown-key', `[${kind}] has no key "${key}"`, where, unknownKeyHint(kind, key));
      return true;
    }
    const rest = spec.prefix === true ? key.slice(spec.name.length + 1) : '';
    if (spec.suffix === undefined || spec.suffix.pattern.test(rest)) return false;
    this.#refuse('bad-key-name', `"${rest}" cannot follow "${spec.name}."`, where, `it is ${spec.suffix.doc}`);
    return true;
  }
}

function unknownKeyHint(kind: SectionKind, key: string): string {
  const names = sectionSpec(kind).keys.map((known) => (known.prefix === true ? keyLabel(known) : known.name));
  const suggestion = didYouMean(key, names);
  if (suggestion !== undefined) return suggestion;
  const elsewhere = sections
    .filter((section) => keySpec(section.kind, key) !== undefined)
    .map((section) => `[${section.kind}]`);
  if (elsewhere.length > 0) return `it is a key of ${elsewhere.join(', ')}`;
  return `rc-lxc explain ${kind} lists the keys there are`;
}
