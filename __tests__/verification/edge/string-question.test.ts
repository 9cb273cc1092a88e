import fc from "fast-check";
import { HOST_BYTES, METHOD_BYTES, NORMALISED, PATH_BYTES } from "../../../verification/solver/language/alphabets";
import { run } from "../../../verification/solver/language/dfa";
import { sentAs } from "../../../verification/edge/axes";
import { normalisePath } from "../../../verification/edge/evaluate/normalise-path";
import { Answer } from "../../../verification/solver/formula";
import { runs } from "../../support/sample";
import { answer, verdict } from "./path-answers";

const { YES, NO, UNKNOWN } = Answer;
const RUN = { seed: 6, numRuns: runs(450, 3_000) };

/** Words of a small alphabet, so that they occur in each other. */
const word = fc.string({ unit: fc.constantFrom("a", "A", "b", "/", "%", "2", "f", "F", "+", " "), maxLength: 4 });
const path = fc
  .array(fc.constantFrom("a", "A", "b", "B", "/", "%", "2", "5", "f", "F", "+", " ", "%2f", "%61", "%25", "%%361"), {
    maxLength: 9,
  })
  .map((parts) => parts.join(""));
const quoted = word.map((text) => `"${text}"`);
const operator = fc.constantFrom("eq", "ne", "lt", "le", "gt", "ge", "contains");
const pattern = fc.constantFrom("a*b", "*/a", "A%2F*", "a+*", "*", "", "/*/a*");
const regex = fc.constantFrom(
  "^a",
  "b$",
  "a|b+",
  "(?i)a%2f",
  "[^/]{2}",
  "\\bA\\b",
  "(?m)^a$",
  "a.*a",
  "x*",
  "^$",
  "%..",
);

const value = (field: string) =>
  fc.constantFrom(
    field,
    `lower(${field})`,
    `upper(${field})`,
    `url_decode(${field})`,
    `lower(url_decode(${field}))`,
    `url_decode(lower(${field}))`,
    `url_decode(url_decode(${field}))`,
  );
const predicates = (operand: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.tuple(operand, operator, quoted).map((parts) => parts.join(" ")),
    fc.tuple(operand, fc.array(quoted, { maxLength: 3 })).map(([of, words]) => `${of} in {${words.join(" ")}}`),
    fc
      .tuple(fc.constantFrom("starts_with", "ends_with"), operand, quoted)
      .map(([name, of, text]) => `${name}(${of}, ${text})`),
    fc
      .tuple(operand, fc.constantFrom("wildcard", "strict wildcard"), pattern)
      .map(([of, kind, text]) => `${of} ${kind} "${text}"`),
    fc.tuple(operand, regex).map(([of, text]) => `${of} matches "${text}"`),
    fc
      .tuple(operand, fc.constantFrom("eq", "ne", "lt", "ge"), fc.nat(6))
      .map(([of, op, length]) => `len(${of}) ${op} ${length}`),
    operand.map((of) => `len(${of}) in {1 3..4}`),
  );

describe("the DFA of a predicate", () => {
  test("agrees with the evaluator on every path", () => {
    fc.assert(
      fc.property(predicates(value("http.request.uri.path")), path, (predicate, text) => {
        expect([predicate, text, answer(predicate, text)]).toEqual([predicate, text, verdict(predicate, text)]);
      }),
      RUN,
    );
  });

  test("agrees with it under recursive decoding, unless the answer is free", () => {
    let free = 0;
    const recursive = value('url_decode(http.request.uri.path, "r")');
    fc.assert(
      fc.property(predicates(recursive), path, (predicate, text) => {
        const given = answer(predicate, text);
        if (given === UNKNOWN) free += 1;
        else expect([predicate, text, given]).toEqual([predicate, text, verdict(predicate, text)]);
      }),
      RUN,
    );
    expect(free).toBeGreaterThan(100);
  });

  test("says that an escape in both cases and a plus are decoded once, and that a broken escape stays", () => {
    const decoded = 'url_decode(http.request.uri.path) eq "a/b c%2%"';
    expect(answer(decoded, "a%2Fb+c%2%")).toBe(YES);
    expect(answer(decoded, "a%2fb%20c%2%")).toBe(YES);
    expect(answer(decoded, "a%252Fb+c%2%")).toBe(NO);
  });
});

describe("recursive decoding", () => {
  const guard = 'lower(url_decode(http.request.uri.path, "r")) contains "/webhooks/meta"';

  test("is exact where one decoding leaves no escape", () => {
    expect(answer(guard, "/webhooks%2Fmeta")).toBe(YES);
    expect(answer(guard, "/webhooks%2Fmeat")).toBe(NO);
  });

  test("is known where one decoding already holds the word, whatever else is nested", () => {
    expect(answer(guard, "/webhooks/meta#%2541")).toBe(YES);
    expect(answer(guard, "/%25/webhooks/meta+")).toBe(YES);
  });

  test("is free where the word could still come about, `+` included", () => {
    expect(answer(guard, "/webhooks%252Fmeta")).toBe(UNKNOWN);
    expect(answer(guard, "/webhooks/me%2Bta")).toBe(UNKNOWN);
  });

  test("is free for a word that further decoding could touch", () => {
    expect(answer('url_decode(http.request.uri.path, "r") contains "a/"', "%2541a/")).toBe(UNKNOWN);
    expect(answer('url_decode(http.request.uri.path, "r") contains "/+"', "/%2B%2541")).toBe(UNKNOWN);
  });

  test("is free for other questions than contains", () => {
    expect(answer('starts_with(url_decode(http.request.uri.path, "r"), "/a")', "/a%2541")).toBe(UNKNOWN);
  });
});

describe("the domain of normalised paths", () => {
  const raw = fc
    .array(
      fc.constantFrom(
        "/",
        "\\",
        ".",
        "..",
        "%",
        "2",
        "e",
        "E",
        "%2e",
        "%2F",
        "%5c",
        "%41",
        "%%341",
        "a",
        "//",
        "/../",
        "+",
        "é",
      ),
      { maxLength: 12 },
    )
    .map((parts) => `/${parts.join("")}`);

  test("holds whatever normalisation makes of a path", () => {
    fc.assert(
      fc.property(raw, (text) => {
        expect([text, run(NORMALISED, normalisePath(text))]).toEqual([text, YES]);
      }),
      RUN,
    );
  });

  test("holds nothing that normalisation makes of no path", () => {
    fc.assert(
      fc.property(raw, (text) => {
        if (run(NORMALISED, text) === YES) expect(normalisePath(sentAs(text))).toBe(text);
      }),
      RUN,
    );
  });

  test("leaves an escape that only decoding made", () => {
    expect(normalisePath("/%%341")).toBe("/%41");
    expect(sentAs("/%41")).toBe("/%%341");
    expect(sentAs("/%2F")).toBe("/%2F");
  });
});

describe("the domain", () => {
  test.each([
    ["paths", PATH_BYTES, "/a#b", "/a?b"],
    ["hosts", HOST_BYTES, "[::1]:80", "a b"],
    ["methods", METHOD_BYTES, "POST", "P T"],
    ["hosts without one", HOST_BYTES, "a", ""],
  ])("of %s holds what a client may write and nothing else", (_what, domain, inside, outside) => {
    expect([run(domain, inside), run(domain, outside)]).toEqual([YES, NO]);
  });
});
