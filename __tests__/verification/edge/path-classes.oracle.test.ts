import fc from "fast-check";
import { NORMALISED, PATH_BYTES, QUERY_BYTES, NATURAL_BYTES } from "../../../verification/solver/language/alphabets";
import { run } from "../../../verification/solver/language/dfa";
import { languageAxis, type Language } from "../../../verification/solver/language/language-axis";
import { Answer } from "../../../verification/solver/formula";
import { BUDGET, withinBudget } from "../../../verification/solver/budget";
import { runs } from "../../support/sample";
import { dfaOf, PATH, verdict } from "./path-answers";

const { YES, NO, UNKNOWN } = Answer;
const paths: Language = { name: PATH, dfas: [PATH_BYTES, NORMALISED], bytes: NATURAL_BYTES, expected: [] };
const classesOf = (...predicates: readonly string[]) => languageAxis(paths).classes(predicates.map(dfaOf));

const FIELD = "http.request.uri.path";
const POOL = [
  `${FIELD} eq "/a"`,
  `${FIELD} in {"/a" "/A" "/b/a"}`,
  `${FIELD} contains "a/"`,
  `${FIELD} contains "%2F"`,
  `lower(${FIELD}) eq "/a/b"`,
  `starts_with(${FIELD}, "/a")`,
  `ends_with(lower(${FIELD}), "a")`,
  `url_decode(${FIELD}) contains "/a/"`,
  `url_decode(${FIELD}) contains " "`,
  `lower(url_decode(${FIELD}, "r")) contains "/a"`,
  `${FIELD} wildcard "/A/*b"`,
  `${FIELD} strict wildcard "/a*"`,
  `${FIELD} matches "^/[a-b]+$"`,
  `${FIELD} lt "/b"`,
  `len(${FIELD}) gt 3`,
];
const predicates = fc.uniqueArray(fc.constantFrom(...POOL), { minLength: 1, maxLength: 4 });
const text = fc
  .array(fc.constantFrom("a", "A", "b", "/", "%2F", "%2f", "%41", "+", "%252F", "%20"), { maxLength: 7 })
  .map((parts) => `/${parts.join("")}`)
  .filter((path) => run(NORMALISED, path) === YES);

describe("the classes of paths", () => {
  test("hold every path, in a class whose example has the same verdicts", () => {
    fc.assert(
      fc.property(predicates, fc.array(text, { minLength: 5, maxLength: 20 }), (asked, texts) => {
        const classes = classesOf(...asked);
        for (const path of texts) {
          const answers = asked.map((predicate) => run(dfaOf(predicate), path));
          const own = classes.find((each) => each.answers.join() === answers.join());
          expect([asked, path, own?.answers]).toEqual([asked, path, answers]);
          asked.forEach((predicate, index) => {
            if (answers[index] === UNKNOWN) return;
            expect([predicate, path, verdict(predicate, own?.examples[0] ?? "")]).toEqual([
              predicate,
              path,
              verdict(predicate, path),
            ]);
          });
        }
      }),
      { seed: 6, numRuns: runs(15, 300) },
    );
  });

  test("have examples within the domain, of the answers that the class has", () => {
    fc.assert(
      fc.property(predicates, (asked) => {
        for (const {
          answers,
          examples: [example = ""],
        } of classesOf(...asked)) {
          expect(example).toMatch(/^\/(?!.*(\/\/|\\|\?))/s);
          asked.forEach((predicate, index) => {
            if (answers[index] !== UNKNOWN) expect(verdict(predicate, example)).toBe(answers[index]);
          });
        }
      }),
      { seed: 7, numRuns: runs(15, 300) },
    );
  });

  test("are one where nothing is asked, with the shortest path", () => {
    expect(classesOf()).toEqual([{ answers: [], examples: ["/"] }]);
  });

  test("are what the predicates tell apart and no more", () => {
    expect(classesOf(`${FIELD} eq "/a"`, `starts_with(${FIELD}, "/a")`)).toEqual([
      { answers: [NO, NO], examples: ["/"] },
      { answers: [YES, YES], examples: ["/a"] },
      { answers: [NO, YES], examples: ["/aa"] },
    ]);
  });

  test("leave out what the domain doesn't hold", () => {
    expect(classesOf(`${FIELD} contains "//"`)).toEqual([{ answers: [NO], examples: ["/"] }]);
  });

  test("have lower-case examples where case plays no part", () => {
    const examples = classesOf(`lower(${FIELD}) contains "x"`).flatMap((each) => each.examples);
    expect(examples).toEqual(["/", "/x"]);
  });

  test("prefer likely values, and tidy ones", () => {
    const tidied = (path: string): string => path.replace("%2f", "%2F");
    const { classes } = languageAxis({ ...paths, expected: ["/start"], tidied });
    const asked = [dfaOf(`url_decode(${FIELD}) contains "a/b/" and true`.replace(" and true", ""))];
    expect(classes(asked).flatMap(({ examples }) => examples)).toEqual(["/start", "/a/b/"]);
    const escaped = [dfaOf(`lower(${FIELD}) contains "%2f"`)];
    expect(classes(escaped).flatMap(({ examples }) => examples)).toEqual(["/start", "/%2F"]);
  });

  test("are refused by name where there are too many of them", () => {
    const queries: Language = { ...paths, name: "http.request.uri.query", dfas: [QUERY_BYTES] };
    const words = Array.from({ length: 24 }, (_, index) => `${FIELD} contains "w${index}w"`);
    const build = () => languageAxis(queries).classes(words.map(dfaOf));
    expect(withinBudget(build, (what) => what)).toBe("http.request.uri.query");
    expect(BUDGET.steps).toBeLessThan(10_000_000);
  });
});
