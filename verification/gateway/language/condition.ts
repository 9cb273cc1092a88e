import { attempt } from "../../attempt";
import { type Token as AnyToken, TokenReader, tokensOf } from "../../tokens";
import { type Selection, selectionOf } from "./selection";

/** A condition of Gateway's expressions, as far as it is understood. */
export type TrafficCondition =
  | { readonly kind: "all"; readonly parts: readonly TrafficCondition[] }
  | { readonly kind: "any"; readonly parts: readonly TrafficCondition[] }
  | { readonly kind: "not"; readonly part: TrafficCondition }
  | { readonly kind: "selection"; readonly selection: Selection; readonly text: string }
  | UnknownCondition;

/** A condition that isn't understood. The same text is the same question. */
interface UnknownCondition {
  readonly kind: "unknown";
  readonly text: string;
  /**
   * Whether it has one answer for all connections, which the JSON doesn't show.
   *
   * @default false
   */
  readonly isHidden?: boolean;
}

/** A token of Gateway's expressions, and where it stands. */
type Token = AnyToken<"string" | "sign" | "word">;

/** A word is a field, an operator, a number, an address, a block or a list. */
const FORMS = [
  ["space", /\s+/y],
  ["string", /"(?:[^"\\]|\\[\s\S])*"/y],
  ["sign", /[=!<>]=|&&|\|\||[<>(){}]/y],
  ["word", /[A-Za-z0-9_$.:/*[\]-]+/y],
] as const;

/**
 * Reads an expression of a Gateway policy. Gateway's language is its own, documented by its operators and by examples.
 * It is built on Cloudflare's open engine, which gives the order of precedence: `not`, `and`, `or`.
 *
 * An undocumented part stays unknown: a single predicate where the rest can be read, else the whole expression.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/expression-syntax/
 * @see https://github.com/cloudflare/wirefilter
 */
export function conditionOf(expression: string): TrafficCondition {
  const known = READ.get(expression) ?? read(expression) ?? { kind: "unknown", text: expression };
  READ.set(expression, known);
  return known;
}

/** Each expression is read once: automata keep the states that they have reached. */
const READ = new Map<string, TrafficCondition>();

function read(expression: string): TrafficCondition | undefined {
  const tokens = tokensOf<Token["kind"]>(expression, FORMS);
  if (tokens === undefined || tokens.length === 0) return undefined;
  const reader = new Reader(expression, tokens);
  const condition = attempt(() => reader.condition(), NotUnderstood);
  return reader.isAtEnd ? condition : undefined;
}

class NotUnderstood extends Error {}

/** The limit is deeper than written expressions go, and no danger to the call stack. */
const MOST_NESTING = 100;
const RESERVED = new Set(["and", "or", "not", "in", "matches"]);
const OPERATORS = new Set(["==", "!=", "<", "<=", ">", ">=", "in", "matches"]);

/** Reads a condition by recursive descent. */
class Reader extends TokenReader<Token> {
  private depth = 0;

  public constructor(
    private readonly expression: string,
    tokens: readonly Token[],
  ) {
    super(tokens);
  }

  public condition(): TrafficCondition {
    return this.joined("any", ["or", "||"], () => this.joined("all", ["and", "&&"], () => this.part()));
  }

  private joined(kind: "all" | "any", operators: readonly string[], part: () => TrafficCondition): TrafficCondition {
    const first = part();
    const parts = [first];
    while (operators.some((operator) => this.take(operator))) parts.push(part());
    return parts.length === 1 ? first : { kind, parts };
  }

  private part(): TrafficCondition {
    if (this.take("not")) return { kind: "not", part: this.nested(() => this.part()) };
    if (!this.take("(")) return this.predicate();
    const inner = this.nested(() => this.condition());
    this.expect(")");
    return inner;
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MOST_NESTING) throw new NotUnderstood();
    const inner = read();
    this.depth -= 1;
    return inner;
  }

  private predicate(): TrafficCondition {
    const start = this.at;
    const { kind, text: name } = this.next();
    if (kind !== "word" || RESERVED.has(name)) throw new NotUnderstood();
    if (this.isNext("(")) this.skipGroup();
    if (OPERATORS.has(this.tokens[this.at]?.text ?? "")) this.skipComparison();
    const tokens = this.tokens.slice(start, this.at);
    const text = this.expression.slice(tokens[0]?.start, tokens.at(-1)?.end);
    const selection = selectionOf(tokens.map((token) => token.text));
    return selection === undefined ? { kind: "unknown", text } : { kind: "selection", selection, text };
  }

  /** Skips a group in parentheses, with the groups in it. */
  private skipGroup(): void {
    this.expect("(");
    while (!this.take(")")) {
      if (this.isNext("("))
        this.nested(() => {
          this.skipGroup();
        });
      else this.next();
    }
  }

  private skipComparison(): void {
    this.next();
    if (!this.take("{")) {
      if (this.next().kind === "sign") throw new NotUnderstood();
      return;
    }
    while (!this.take("}")) {
      if (this.next().kind === "sign") throw new NotUnderstood();
    }
  }

  protected override refusal(): Error {
    return new NotUnderstood();
  }
}

/** The server names that a condition lists. */
export function namesIn(condition: TrafficCondition): readonly string[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.parts.flatMap(namesIn);
    case "not":
      return namesIn(condition.part);
    case "selection":
      return condition.selection.names;
    case "unknown":
      return [];
  }
}
