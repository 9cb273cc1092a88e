/** Text of this project with what others wrote in it. */
export type Text = readonly Part[];

/** A text as it stands, or data: what comes from the JSON or the question, which each format escapes. */
export type Part = string | { readonly data: string };

/** A line, and what belongs to it. */
export interface Line {
  readonly text: Text;
  readonly below: readonly Line[];
  /** Whether it is there to be copied, and so never broken. @default false */
  readonly isCopied?: boolean;
}

export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** How good the news is. */
export type Tone = "open" | "closed" | "unsure";

/** An explanation to be read, whatever the format. */
export interface Page {
  readonly headlines: readonly { readonly tone: Tone; readonly text: Text }[];
  readonly sections: readonly Section[];
}

/** Tells this project's words from data: what is put in is data. */
export function say(words: TemplateStringsArray, ...data: readonly (string | number)[]): Text {
  return words.flatMap((word, index): Text => {
    const value = data[index];
    return [...(word === "" ? [] : [word]), ...(value === undefined ? [] : [{ data: String(value) }])];
  });
}

export function line(text: Text, ...below: readonly (Line | readonly Line[])[]): Line {
  return { text, below: below.flat() };
}

/** A section, unless there is nothing in it. */
export function section(title: string, ...lines: readonly (Line | readonly Line[])[]): readonly Section[] {
  const all = lines.flat();
  return all.length === 0 ? [] : [{ title, lines: all }];
}
