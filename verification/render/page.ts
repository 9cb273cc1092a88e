import type { Picture } from "../answers/report/picture";

/** A text of several parts. */
export type Text = readonly Span[];

/** Words, or code: a name, a command, a value of the JSON. Both may come from somebody else: each format escapes them. */
export type Span = string | { readonly code: string };

/** A line, and what belongs to it. */
export interface Line {
  readonly text: Text;
  readonly below: readonly Line[];
  /** Whether it is there to be copied, and so never broken. @default false */
  readonly isCopied?: boolean;
  /**
   * Whether the lines that belong to it are evidence that most readers don't need, for formats that fold.
   *
   * @default false
   */
  readonly isFolded?: boolean;
  /** How good the news is, for formats that mark a line. @default - it is no news */
  readonly tone?: Tone;
}

/** How good the news is. It is never said by a colour alone. */
export type Tone = "open" | "closed" | "unsure";

/** A table: rows by their names, with a cell below each head. */
export interface Grid {
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly names: readonly string[];
    /** A cell without a tone is no news. */
    readonly cells: readonly { readonly text: string; readonly tone?: Tone }[];
  }[];
}

/** A chapter: lines, and what is drawn. */
export interface Section {
  readonly title: Text;
  readonly lines: readonly Line[];
  /**
   * A drawing in the language of Mermaid, for formats that draw it. It says nothing that the rest doesn't.
   *
   * @default - none
   */
  readonly drawing?: string;
  /** A drawing as data, for all formats that draw. @default - none */
  readonly picture?: Picture;
  /** @default - none */
  readonly grid?: Grid;
  /** @default - none */
  readonly sections?: readonly Section[];
  /** Whether it is evidence that most readers don't need, for formats that fold. @default false */
  readonly isFolded?: boolean;
  /**
   * The name by which formats with links lead here: lower-case letters, digits and hyphens.
   *
   * @default - nothing leads here
   */
  readonly id?: string;
}

export interface Headline {
  readonly tone: Tone;
  readonly text: Text;
}

/** An answer to be read, whatever the format: verdicts, then chapters. */
export interface Page {
  readonly headlines: readonly Headline[];
  readonly sections: readonly Section[];
}

/** Tells words from code: what is put in is code. */
export function say(words: TemplateStringsArray, ...code: readonly (string | number)[]): Text {
  return words.flatMap((word, index): Text => {
    const value = code[index];
    return [...(word === "" ? [] : [word]), ...(value === undefined ? [] : [{ code: String(value) }])];
  });
}

export function line(text: Text | string, ...below: readonly (Line | readonly Line[])[]): Line {
  return { text: typeof text === "string" ? [text] : text, below: below.flat() };
}

/** Texts, a line each. Those that are words alone stand behind some that all have. */
export function linesOf(texts: readonly (Text | string)[], before = ""): readonly Line[] {
  return texts.map((text) => line(typeof text === "string" ? before + text : text));
}

export function toCopy(text: Text, ...below: readonly Line[]): Line {
  return { ...line(text, below), isCopied: true };
}

/** A section, unless there is nothing in it. */
export function section(title: string, ...lines: readonly (Line | readonly Line[])[]): readonly Section[] {
  const all = lines.flat();
  return all.length === 0 ? [] : [{ title: [title], lines: all }];
}

/** A section with a line for each thing, unless there is none. */
export function listing<T>(title: string, things: readonly T[], lineOf: (thing: T, at: number) => Line) {
  return section(title, things.map(lineOf));
}

/** The same sections, folded where a format folds. */
export function folded(sections: readonly Section[]): readonly Section[] {
  return sections.map((each) => ({ ...each, isFolded: true }));
}

/** Parts with something between them. */
export function joined(parts: readonly Text[], between = ", "): Text {
  return parts.flatMap((part, index) => (index === 0 ? part : [between, ...part]));
}
