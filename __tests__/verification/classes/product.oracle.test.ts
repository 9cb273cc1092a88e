import fc from "fast-check";
import { NORMALISED, PATH_BYTES, QUERY_BYTES } from "../../../verification/classes/machines/domains";
import { run } from "../../../verification/classes/machines/machine";
import { NATURAL_BYTES } from "../../../verification/classes/natural-bytes";
import { productClasses, type StringDomain } from "../../../verification/classes/product";
import { stringClasses } from "../../../verification/classes/string-classes";
import { Answer } from "../../../verification/solver/answer";
import { BUDGET, BudgetExceeded } from "../../../verification/solver/budget";
import { runs } from "../../support/sample";
import { machineOf, PATH, verdict } from "./answers";

const { YES, NO, FREE } = Answer;
const paths: StringDomain = { name: PATH, machines: [PATH_BYTES, NORMALISED], bytes: NATURAL_BYTES };
const classesOf = (...predicates: readonly string[]) => productClasses(paths, predicates.map(machineOf));

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
  test("hold every path, in a class whose witness has the same verdicts", () => {
    fc.assert(
      fc.property(predicates, fc.array(text, { minLength: 5, maxLength: 20 }), (asked, texts) => {
        const classes = classesOf(...asked);
        for (const path of texts) {
          const answers = asked.map((predicate) => run(machineOf(predicate), path));
          const own = classes.find((each) => each.answers.join() === answers.join());
          expect([asked, path, own?.answers]).toEqual([asked, path, answers]);
          asked.forEach((predicate, index) => {
            if (answers[index] === FREE) return;
            expect([predicate, path, verdict(predicate, own?.witness ?? "")]).toEqual([
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

  test("have witnesses within the domain, of the answers that the class has", () => {
    fc.assert(
      fc.property(predicates, (asked) => {
        for (const { answers, witness } of classesOf(...asked)) {
          expect(witness).toMatch(/^\/(?!.*(\/\/|\\|\?))/s);
          asked.forEach((predicate, index) => {
            if (answers[index] !== FREE) expect(verdict(predicate, witness)).toBe(answers[index]);
          });
        }
      }),
      { seed: 7, numRuns: runs(15, 300) },
    );
  });

  test("are one where nothing is asked, with the shortest path", () => {
    expect(classesOf()).toEqual([{ answers: [], witness: "/" }]);
  });

  test("are what the predicates tell apart and no more", () => {
    expect(classesOf(`${FIELD} eq "/a"`, `starts_with(${FIELD}, "/a")`)).toEqual([
      { answers: [NO, NO], witness: "/" },
      { answers: [YES, YES], witness: "/a" },
      { answers: [NO, YES], witness: "/aa" },
    ]);
  });

  test("leave out what the domain doesn't hold", () => {
    expect(classesOf(`${FIELD} contains "//"`)).toEqual([{ answers: [NO], witness: "/" }]);
  });

  test("have lower-case witnesses where case plays no part", () => {
    const witnesses = classesOf(`lower(${FIELD}) contains "x"`).map(({ witness }) => witness);
    expect(witnesses).toEqual(["/", "/x"]);
  });

  test("prefer likely values, and tidy ones", () => {
    const likely = { values: ["/start"], tidied: (witness: string) => witness.replace("%2f", "%2F") };
    const asked = [machineOf(`url_decode(${FIELD}) contains "a/b/" and true`.replace(" and true", ""))];
    expect(stringClasses(paths, asked, likely).map(({ witness }) => witness)).toEqual(["/start", "/a/b/"]);
    const escaped = [machineOf(`lower(${FIELD}) contains "%2f"`)];
    expect(stringClasses(paths, escaped, likely).map(({ witness }) => witness)).toEqual(["/start", "/%2F"]);
  });

  test("are refused by name where there are too many of them", () => {
    const queries: StringDomain = { name: "http.request.uri.query", machines: [QUERY_BYTES], bytes: NATURAL_BYTES };
    const words = Array.from({ length: 24 }, (_, index) => `${FIELD} contains "w${index}w"`);
    const build = () => productClasses(queries, words.map(machineOf));
    expect(build).toThrow(BudgetExceeded);
    expect(build).toThrow("over budget: http.request.uri.query");
    expect(BUDGET.steps).toBeLessThan(10_000_000);
  });
});
