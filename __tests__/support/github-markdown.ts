import MarkdownIt from "markdown-it/browser";

/**
 * CommonMark with GitHub's additions: tables, struck text, and links of bare addresses. HTML is let through, to be
 * seen.
 */
const PARSER = new MarkdownIt({ html: true, linkify: true });

/** Markdown as GitHub shows it, as far as a parser of its language says. */
export interface Shown {
  /** The HTML, before GitHub cleans it. */
  readonly html: string;
  /** Its tags and comments in their order, without those of code. */
  readonly structure: readonly string[];
  /** The text outside of code, where GitHub looks for mentions, references and emojis. */
  readonly words: string;
  /** The paragraphs, items and headings as they are read, each in one line. */
  readonly lines: readonly string[];
}

export function shownByGithub(markdown: string): Shown {
  const html = PARSER.render(markdown);
  const withoutCode = html.replace(/<pre><code[^>]*>[^]*?<\/code><\/pre>|<code>[^]*?<\/code>/g, "");
  return {
    html,
    structure: withoutCode.match(TAG) ?? [],
    words: decoded(withoutCode.replace(TAG, "")),
    lines: html
      .replace(/<pre>[^]*?<\/pre>/g, "")
      .split(/<\/?(?:p|li|ul|h\d|details|summary|table|tr|td|th)>/)
      .map((line) => decoded(line.replace(TAG, "")).trim())
      .filter((line) => line !== ""),
  };
}

const TAG = /<!--[^]*?-->|<[^>]*>/g;

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

function decoded(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => NAMED[name] ?? "");
}

/** Text that GitHub turns into a link, a mention, an emoji or a picture, where it stands outside of code. */
export const SPECIAL = /@\w|#\d|\bgh-\d|:\w+:|:\/\/|\bwww\.\w|\w@\w/i;

const OWN = /^<\/?(?:p|strong|h[345]|ul|li|details|summary|table|thead|tbody|tr|th|td)>$/;

/** All that no page of the project writes: other tags, and words that GitHub turns into something. */
export function strangeIn(markdown: string): readonly string[] {
  const { structure, words } = shownByGithub(markdown);
  return [...structure.filter((tag) => !OWN.test(tag)), ...(SPECIAL.exec(words) ?? [])];
}
