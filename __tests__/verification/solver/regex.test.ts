import fc from "fast-check";
import { parseRegex, RegexSyntaxError } from "../../../network/rules-language";
import { Answer } from "../../../verification/solver/formula";
import { run } from "../../../verification/solver/language/dfa";
import {
  type Nfa,
  nfaOf,
  type NfaState,
  UnsupportedRegexError,
  finds,
} from "../../../verification/solver/language/regex";
import { runs } from "../../support/sample";

const isFound = (pattern: string, value: string): boolean => run(finds(parseRegex(pattern)), value) === Answer.YES;

/** Patterns that JavaScript and Rust read alike. */
const patterns: fc.Arbitrary<string> = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "a",
      "b",
      "A",
      "1",
      "_",
      "\\.",
      "\\n",
      "\\d",
      "\\w",
      "\\W",
      "[ab]",
      "[^a]",
      "[a-c1]",
      "^",
      "$",
      "\\b",
      "\\B",
      "(?:)",
      "\\x41",
    ),
    fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => `${left}${right}`),
    fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => `(?:${left}|${right})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "*?", "{2}", "{0,2}", "{1,}"))
      .map(([part, times]) => `(?:${part})${times}`),
  ),
})).pattern;

const values = fc.array(fc.constantFrom(..."abA1_.\n\u00e9"), { maxLength: 6 }).map((bytes) => bytes.join(""));

describe("regular expressions", () => {
  test("find what JavaScript's own engine finds, where both read the pattern alike", () => {
    fc.assert(
      fc.property(patterns, values, (pattern, value) => {
        expect(isFound(pattern, value)).toBe(new RegExp(pattern).test(value));
      }),
      { seed: 21, numRuns: runs(300, 5_000) },
    );
  });

  test.each([
    ["(?i)É", "\u00c3\u0089", true],
    ["(?i)É", "\u00c3\u00a9", false],
    ["^.$", "\u00e9", true],
    [".", "\n", false],
    ["(?s).", "\n", true],
    ["(?m)^b$", "a\nb\nc", true],
    ["^b$", "a\nb\nc", false],
    ["a$", "a\n", false],
    ["(?mR)^b$", "a\r\nb\r\nc", true],
    ["(?mR)^$", "\r\n", true],
    ["a(?i)b|c", "C", true],
    ["(a(?i)b)|c", "C", false],
    ["[[:alpha:]&&[^a]]", "a", false],
    ["[a-c--b]", "b", false],
    ["[a-c~~b-d]", "d", true],
    ["\\xff", "\u00ff", true],
    ["\\x{ff}", "\u00c3\u00bf", true],
    ["(?x) a b # c", "ab", true],
    ["\\b{start}b", "ab", false],
    ["a\\b{end}", "a.", true],
    ["a\\b{end-half}", "ab", false],
    ["[]a]", "]", true],
    ["a{2}", "aba", false],
  ])("%j in %j: %j", (pattern, value, found) => {
    expect(isFound(pattern, value)).toBe(found);
  });

  test.each([
    ["(", "a group has no closing parenthesis"],
    ["a)", "a closing parenthesis without an opening one"],
    ["*", "a repetition with nothing to repeat"],
    ["(?i)*", "a repetition with nothing to repeat"],
    ["a{2,1}", "a repetition starts with its smaller count"],
    ["a{,2}", "expected a count"],
    ["[b-a]", "a range starts with its smaller end"],
    ["[a", "a character class has no closing bracket"],
    ["[é]", "ASCII characters and \\xHH only"],
    ["\\1", "back-references are not supported"],
    ["(?=a)", "look-around is not supported"],
    ["\\q", "the escape \\q is unknown"],
    ["\\p{L}", "Unicode classes need the flag u"],
    ["(?z)", "expected one of the flags"],
    ["(?ii)", "i stands twice"],
    ["(?<n>a)(?<n>b)", "two groups are named n"],
    ["\\x{d800}", "is no Unicode character"],
    ["\\b{foo}", "is no word boundary"],
    ["(".repeat(300), "more than 250 levels of nesting"],
  ])("refuses %j", (pattern, reason) => {
    expect(() => parseRegex(pattern)).toThrow(RegexSyntaxError);
    expect(() => parseRegex(pattern)).toThrow(reason);
  });

  test("an automaton of Unicode characters is refused, and so is one without end", () => {
    expect(() => nfaOf(parseRegex("(?u).")).start).toThrow(UnsupportedRegexError);
    expect(() => nfaOf(parseRegex("(a{999}){999}"))).toThrow("more than 20000 states");
  });

  test("an automaton ends in one state, which every branch leads to", () => {
    const nfa: Nfa = nfaOf(parseRegex("a|bc*"));
    const kinds = nfa.states.map(({ kind }: NfaState) => kind);
    expect(kinds.filter((kind) => kind === "match")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "byte")).toHaveLength(3);
  });

  test("a repetition of what may be empty ends", () => {
    expect(isFound("^(?:a*)*$", "aaab")).toBe(false);
    expect(isFound("^(?:(?:a|b)*)+$", "ab".repeat(200))).toBe(true);
  });
});
