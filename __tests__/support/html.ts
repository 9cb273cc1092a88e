/** An element of a page that this project writes, by its name and attributes. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly depth: number;
}

/** A page, read. */
export interface HtmlPage {
  readonly elements: readonly HtmlElement[];
  /** The text of all elements but scripts and styles, as a reader sees it. */
  readonly text: string;
  /** The text within each script and style. */
  readonly raw: readonly string[];
}

const VOID = new Set(["meta", "input"]);
const TOKEN =
  /<!doctype html>|<(script|style)((?: [a-z-]+="[^"<>]*")*)>([^]*?)<\/\1>|<([a-z][a-z0-9]*)((?: [a-zA-Z:-]+(?:="[^"<]*")?)*)(\/?)>|<\/([a-z][a-z0-9]*)>|([^<]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/**
 * Reads HTML as this project writes it. It is stricter than a browser: anything else is an error, so it overlooks
 * nothing that a text smuggles in.
 */
export function readHtml(html: string): HtmlPage {
  const elements: HtmlElement[] = [];
  const open: string[] = [];
  const raw: string[] = [];
  let text = "";
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < html.length;) {
    const at = TOKEN.lastIndex;
    const [, rawName, rawAttributes = "", inside = "", name, attributes = "", closed, end, words] =
      TOKEN.exec(html) ?? [];
    if (TOKEN.lastIndex === 0) throw new Error(`no HTML of this project: ${html.slice(at, at + 80)}`);
    if (rawName !== undefined) {
      elements.push({ name: rawName, attributes: attributesOf(rawAttributes), depth: open.length });
      raw.push(inside);
    } else if (name !== undefined) {
      elements.push({ name, attributes: attributesOf(attributes), depth: open.length });
      if (closed === "" && !VOID.has(name)) open.push(name);
    } else if (end !== undefined) {
      const last = open.pop();
      if (last !== end) throw new Error(`</${end}> closes ${last ?? "nothing"}: ${html.slice(at - 80, at)}`);
    } else text += decoded(words ?? "");
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(" ")}`);
  return { elements, text, raw };
}

function attributesOf(text: string): HtmlElement["attributes"] {
  const all = [...text.matchAll(/ ([a-zA-Z:-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(all.map(([, name = "", value = ""]) => [name, decoded(value)]));
}

function decoded(text: string): string {
  return text.replace(/&([a-z]*;?)/g, (whole, name: string) => {
    const sign = ENTITIES[name.slice(0, -1)];
    if (sign === undefined) throw new Error(`no entity of this project: ${whole}`);
    return sign;
  });
}
