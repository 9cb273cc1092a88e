/** A place in a Markdown document that shows the output of a command. */
export interface Block {
  /** The words after `npm run -s policy --`. */
  readonly args: readonly string[];
  /** How many lines are shown, where `| head -<lines>` ends the command. */
  readonly lines?: number;
  /** The place of the output in the document. */
  readonly start: number;
  readonly end: number;
}

/** A fenced block that begins with the command, or the text between two comments, the first of which is the command. */
const FORMS = [
  /^```(?:sh|console|text)?\n\$ npm run -s policy -- (.*)\n([\s\S]*?)^```$/gm,
  /^<!-- \$ npm run -s policy -- (.*) -->\n\n([\s\S]*?)\n?<!-- end -->$/gm,
];

/** The places of a document, in its order. */
export function blocksOf(document: string): readonly Block[] {
  return FORMS.flatMap((form) =>
    [...document.matchAll(form)].map(({ 0: whole, 1: command = "", 2: shown = "", index }) => {
      const start = index + whole.lastIndexOf(shown, whole.length - (whole.endsWith("-->") ? 12 : 3));
      const [, asked = command, lines] = /^(.*) \| head -(\d+)$/.exec(command) ?? [];
      const head = lines === undefined ? {} : { lines: Number(lines) };
      return { args: wordsOf(asked), ...head, start, end: start + shown.length };
    }),
  ).sort((one, other) => one.start - other.start);
}

/** A document with the present output of its commands. */
export async function renewed(document: string, print: (args: readonly string[]) => Promise<string>): Promise<string> {
  let text = "";
  let at = 0;
  for (const { args, lines, start, end } of blocksOf(document)) {
    text += document.slice(at, start) + head(await print(args), lines);
    at = end;
  }
  return text + document.slice(at);
}

/** The first lines of a text. */
function head(text: string, lines = Infinity): string {
  return text
    .split(/(?<=\n)/)
    .slice(0, lines)
    .join("");
}

/** The words of a command as a shell reads them, as far as documents use it. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
}
