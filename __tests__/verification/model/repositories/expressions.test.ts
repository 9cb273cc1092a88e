import * as fc from "fast-check";
import { contextsOf, MARKS, type RunOf } from "../../../../verification/model/repositories/events";
import { Lexer, Parser } from "@actions/expressions";
import { expressionOf } from "../../../../verification/model/repositories/expressions/expression";
import { ARGUMENTS } from "../../../../verification/model/repositories/expressions/functions";
import { admits, filledIn, isOn } from "../../../../verification/model/repositories/expressions/template";
import { NotUnderstood } from "../../../../verification/model/repositories/not-understood";
import { filledIn as filledInByGithub } from "../../../constructs/scan-schedule/files/support/expressions";
import { runs } from "../../../support/sample";

const run = (more: Partial<RunOf> = {}) =>
  contextsOf({ event: "push", repository: "example/api", branch: "main", ...more });

describe("a workflow's text", () => {
  test.each([
    ["plain", "plain"],
    ["a ${{ github.ref }} b", "a refs/heads/main b"],
    ["${{ github.event_name == 'PUSH' }}", "true"],
    ["${{ github.event.pull_request.head.repo.full_name }}", ""],
    [
      "${{ github.event_name == 'pull_request' && format('{0}/base', runner.temp) || github.workspace }}",
      MARKS.workspace,
    ],
    ["${{ secrets.snyk_token }}", MARKS.secret("SNYK_TOKEN")],
    ["${{ '}}' }}${{ 'it''s' }}", "}}it's"],
    ["${{ github['ref_name'] }}", "main"],
    ["${{ (false || null) == 0 }}", "true"],
  ])("%s is filled in", (text, expected) => {
    expect(filledIn(text, run())).toBe(expected);
  });

  test.each([
    "${{ github.actor }}",
    "${{ github.event.head_commit.message }}",
    "${{ hashFiles('x') }}",
    "${{ fromJSON('[]') }}",
    "${{ github }}",
    "${{ 1 < 2 }}",
    "${{ github.ref",
    "${{ 'a }}",
    "${{ env.X }}",
  ])("%s is not understood", (text) => {
    expect(() => filledIn(text, run())).toThrow(NotUnderstood);
  });

  test.each([
    ["negations", `${"!".repeat(50_000)}true`],
    ["parentheses", `${"(".repeat(20_000)}true${")".repeat(20_000)}`],
    ["calls", `${"format(".repeat(5_000)}''${")".repeat(5_000)}`],
    ["conjunctions", Array(20_000).fill("true").join(" && ")],
    ["disjunctions", Array(20_000).fill("false").join(" || ")],
    ["parentheses, one more than GitHub takes", `${"(".repeat(50)}true${")".repeat(50)}`],
    ["characters, one more than GitHub takes", `true${" ".repeat(20_998)}`],
  ])("of too many %s is not understood", (_, expression) => {
    expect(() => filledIn(`\${{ ${expression} }}`, run())).toThrow(NotUnderstood);
  });

  test("may join as many as GitHub takes", () => {
    expect(filledIn(`\${{ ${Array(2_000).fill("true").join(" && ")} }}`, run())).toBe("true");
  });

  test("is filled in as GitHub does", () => {
    const literal = fc.constantFrom("true", "false", "null", "0", "1", "''", "'a'", "'A'", "'1'", "a.x", "a.y", "a.z");
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        literal,
        fc
          .tuple(tie("expression"), fc.constantFrom("&&", "||", "==", "!="), tie("expression"))
          .map(([one, sign, other]) => `(${one} ${sign} ${other})`),
        tie("expression").map((one) => `!${one}`),
      ),
    }));
    const matrix = { x: "a", y: "" };
    fc.assert(
      fc.property(expression, (text) => {
        const template = `\${{ ${text.replaceAll("a.", "matrix.")} }}`;
        expect(filledIn(template, run({ matrix }))).toBe(filledInByGithub(template, { matrix }));
      }),
      { numRuns: 200 },
    );
  });
});

describe("an expression", () => {
  const functions = ["hashFiles", "always", "cancelled", "failure", "success"].map((name) => {
    const [minArgs, maxArgs] = ARGUMENTS.get(name.toLowerCase()) ?? [0, 0];
    return { name, minArgs, maxArgs, description: "" };
  });
  const isGithubs = (text: string): boolean => {
    try {
      new Parser(new Lexer(text).lex().tokens, ["github", "matrix"], functions).parse();
      return true;
    } catch {
      return false;
    }
  };
  const isOurs = (text: string): boolean => {
    try {
      return [...expressionOf(text).contexts].every((name) => ["github", "matrix"].includes(name));
    } catch (error) {
      if (error instanceof NotUnderstood) return false;
      throw error;
    }
  };

  test.each([
    ["contains(github.a.*.b, 'x')", true],
    ["fromJSON(github.x)[0].y", true],
    ["(github.a)['b'] >= 1", true],
    ["github[matrix.x]", true],
    ["TRUE", false],
    ["'a'.b", false],
    ["contains('a')", false],
    ["lower('a')", false],
    ["github.", false],
    ["", false],
  ])("%s is read: %p", (text, expected) => {
    expect(isOurs(text)).toBe(expected);
  });

  test("that is read is one of GitHub's", () => {
    const token = fc.constantFrom(
      ...["github", "matrix", ".a", ".*", "['a']", "[0]", "[*]", "(", ")", "!", "&&", "||", "==", "!=", "<", ">="],
      ...["'x'", "1", "true", "True", "null", "always()", "hashFiles(", "format(", "contains(", ",", "bogus", "*", "."],
    );
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 6 }), (tokens) => {
        const text = tokens.join(" ");
        expect(isOurs(text) && !isGithubs(text)).toBe(false);
      }),
      { numRuns: runs(2_000, 50_000) },
    );
  });
});

describe("a condition", () => {
  const failed = { ...run(), status: "failure" } as const;

  test.each([
    [undefined, true, false],
    [false, false, false],
    ["always()", true, true],
    ["${{ always() }}", true, true],
    ["failure()", false, true],
    ["github.ref == 'refs/heads/main'", true, false],
    ["!cancelled() && github.ref == 'refs/heads/main'", true, true],
    ["''", false, false],
  ])("%p holds after success: %p, after failure: %p", (condition, afterSuccess, afterFailure) => {
    expect([admits(condition, run()), admits(condition, failed)]).toEqual([afterSuccess, afterFailure]);
  });

  test("that is an expression with text around it always holds for GitHub, so it isn't read as it is meant", () => {
    expect(() => admits("${{ github.ref }} == 'x'", run())).toThrow("always holds");
  });

  test("of a switch is true or false, and nothing else", () => {
    expect([isOn(undefined, run()), isOn(true, run()), isOn("${{ !true }}", run())]).toEqual([false, true, false]);
    expect(() => isOn("yes", run())).toThrow(NotUnderstood);
  });
});
