import { LONGEST } from "../tokens";

/** Something that a text's expressions name. */
export interface Mention {
  /**
   * `var.<name>`, `local.<name>`, `<type>.<name>`, `data.<type>.<name>`, or `self`; `<function>(<file>)` for a call, with
   * the file that it is told to read where that is constant; `ANYTHING` where it may be any of these.
   */
  readonly address: string;
  /** The members on the way from there, without positions in lists. */
  readonly members: readonly string[];
}

/** The address of a mention that can't be followed: it may be anything. */
export const ANYTHING = "anything";

/**
 * The names in the expressions of a text. They aren't evaluated: a name that only a loop gives is listed as any other.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/references
 */
export function mentionsIn(text: string): readonly Mention[] {
  if (!/[$%]\{/.test(text)) return [];
  const scanner = new Scanner(text.normalize("NFC"));
  try {
    if (text.length > LONGEST) throw new Unreadable();
    scanner.template(undefined);
    return scanner.mentions;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return [{ address: ANYTHING, members: [] }];
  }
}

class Unreadable extends Error {}

/** How deep templates may stand within each other. */
const DEEPEST = 100;

const OPENING = new Set(["{", "[", "("]);
const CLOSING = new Set(["}", "]", ")"]);

/** Tells templates from expressions, and both from quoted text. It knows no more of the language. */
class Scanner {
  public readonly mentions: Mention[] = [];
  private at = 0;
  private depth = 0;

  public constructor(private readonly text: string) {}

  /** Reads up to the end of a template: a quote, or the end of the text. */
  public template(end: '"' | undefined): void {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new Unreadable();
    for (;;) {
      this.take(PLAIN_TEXT);
      const sign = this.text[this.at];
      if (sign === end) break;
      if (sign === undefined) throw new Unreadable();
      if (this.take(ESCAPE)) continue;
      if (end !== undefined && this.take(ESCAPED_SIGN)) continue;
      if (this.take(INTERPOLATION)) this.expression();
      else this.at += 1;
    }
    this.at += 1;
    this.depth -= 1;
  }

  /** Reads up to the brace that ends an expression. */
  private expression(): void {
    let open = 0;
    let isMember = false;
    for (;;) {
      this.take(BLANK);
      const wasDot = isMember;
      isMember = false;
      const name = this.take(NAME);
      if (name !== undefined) {
        if (!wasDot) this.mention(name);
        continue;
      }
      if (this.take(HEREDOC) !== undefined) throw new Unreadable();
      const sign = this.text[this.at];
      if (sign === undefined) throw new Unreadable();
      this.at += 1;
      if (sign === "}" && open === 0) return;
      if (sign === '"') this.template('"');
      if (OPENING.has(sign)) open += 1;
      if (CLOSING.has(sign)) open -= 1;
      isMember = sign === ".";
    }
  }

  /** A name with the constant members behind it. An index that isn't constant is read as an expression of its own. */
  private mention(first: string): void {
    if (this.looksAt(CALL)) {
      const [, file = ""] = this.looksAt(READ_FILE) ?? [];
      this.mentions.push({ address: `${first}(${file})`, members: [] });
      return;
    }
    const path = [first];
    const start = this.at;
    for (let member = this.take(MEMBER); member !== undefined; member = this.take(MEMBER)) {
      const [, name] = /([\p{ID_Start}_][\p{ID_Continue}-]*|"[^"]*")/u.exec(member.replace(COMMENT, " ")) ?? [];
      if (name !== undefined) path.push(name);
    }
    const isIndexed = (path.length === 1 && this.at > start) || this.looksAt(INDEX) !== undefined;
    const found = mentionOf(path, isIndexed);
    if (found !== undefined) this.mentions.push(found);
  }

  private looksAt(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.at;
    return form.exec(this.text) ?? undefined;
  }

  private take(form: RegExp): string | undefined {
    const [text] = this.looksAt(form) ?? [];
    if (text !== undefined) this.at += text.length;
    return text;
  }
}

/** Each comment ends at one place alone, so that no search tries several. */
const REMARK = String.raw`(?:#|\/\/)[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/`;
const SPACE = String.raw`(?:\s|${REMARK})*`;
const WORD = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;
const BLANK = new RegExp(SPACE, "uy");
const COMMENT = new RegExp(REMARK, "g");
/** A function of a provider has a name of several parts: `provider::github::name`. */
const NAME = new RegExp(`${WORD}(?:::${WORD})*`, "uy");
const CALL = new RegExp(String.raw`${SPACE}\(`, "uy");
const INDEX = new RegExp(String.raw`${SPACE}\[`, "uy");
/** `.name`, `.0`, `.*`, `["name"]`, `[0]`, `[*]` */
const MEMBER = new RegExp(
  String.raw`${SPACE}(?:\.${SPACE}(?:${WORD}|\d+|\*)|\[${SPACE}(?:"[^"\\$%]*"|\d+|\*)${SPACE}\])`,
  "uy",
);
const READ_FILE = new RegExp(String.raw`${SPACE}\(\s*"(?:\$\{path\.module\}\/)?([\w./-]+)"\s*\)`, "uy");
const PLAIN_TEXT = /[^"$%\\]*/y;
const HEREDOC = /<<-?/y;
const ESCAPE = /\$\$\{|%%\{/y;
const ESCAPED_SIGN = /\\[\s\S]/y;
const INTERPOLATION = /[$%]\{/y;

/** Roots of names that no value of the JSON stands behind. The values of `each` stand in `for_each`. */
const OTHERS = new Set(["each", "count", "path", "terraform"]);

function mentionOf([root = "", ...rest]: readonly string[], isIndexed: boolean): Mention | undefined {
  if (OTHERS.has(root)) return undefined;
  if (root === "self") return { address: root, members: rest };
  if (root === "resource") return mentionOf(rest, isIndexed);
  const length = root === "data" || root === "ephemeral" ? 2 : 1;
  if (rest.length >= length) {
    const [names, members] = [rest.slice(0, length), rest.slice(length)];
    // `["name"]` behind a resource may be one of its instances, which its members are all of.
    const isInstance = !PLAIN.has(root) && members[0]?.startsWith('"') === true;
    return {
      address: [root, ...names].map(unquoted).join("."),
      members: members.slice(isInstance ? 1 : 0).map(unquoted),
    };
  }
  // A name alone is a key of an object, or of a loop.
  return HOLDERS.has(root) && isIndexed ? { address: ANYTHING, members: [] } : undefined;
}

const PLAIN = new Set(["var", "local"]);
const HOLDERS = new Set([...PLAIN, "data", "ephemeral"]);

const unquoted = (name: string): string => name.replaceAll('"', "");
