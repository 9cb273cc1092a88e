import { sample } from "../../../__tests__/support/sample";
import { environments } from "../../../environments";
import { folderOf } from "../folder";
import { HARMLESS_EDITS } from "./harmless";
import { HOSTILE } from "./hostile";
import { judge } from "./judge";

const folder = folderOf(environments);
const all = (table: typeof HOSTILE) => Object.values(table).flat();

test("the tables are long enough to say something", () => {
  expect(all(HOSTILE).length).toBeGreaterThanOrEqual(400);
  expect(all(HARMLESS_EDITS).length).toBeGreaterThanOrEqual(200);
});

test("nearly all harmless edits pass without an acceptance", () => {
  const rows = all(HARMLESS_EDITS);
  expect(rows.filter(({ question }) => question !== undefined).length).toBeLessThanOrEqual(0.05 * rows.length);
});

test("no row stands twice", () => {
  for (const edits of [all(HOSTILE), all(HARMLESS_EDITS)]) {
    const names = edits.map(({ what }) => what);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
});

describe.each(Object.entries(HOSTILE))("of the hostile edits about %s", (_, edits) => {
  test("none passes, with or without one of the acceptances that the tool prints for it", () => {
    const passing = sample(edits, 8).filter((edit) => {
      const judged = judge(edit, folder);
      return judged.outcome === "passes" || judged.printed.some((printed) => judged.with(printed) === "passes");
    });
    expect(passing.map(({ what, why }) => `${what}: ${why}`)).toEqual([]);
  });
});

describe.each(Object.entries(HARMLESS_EDITS))("of the harmless edits about %s", (_, edits) => {
  test("all but what an acceptance is for pass", () => {
    const refused = sample(edits, 8).filter(
      (edit) => edit.question === undefined && judge(edit, folder).outcome !== "passes",
    );
    expect(refused.map(({ what, why }) => `${what}: ${why}`)).toEqual([]);
  });
});

test.each(all(HARMLESS_EDITS).filter(({ question }) => question !== undefined))(
  "the question of a harmless edit is accepted by the one line that is printed: $what",
  (edit) => {
    const { outcome, printed, with: judgedWith } = judge(edit, folder);
    expect(outcome).toBe("undecided");
    expect(printed.map(({ line }) => line)).toEqual([expect.stringContaining(`"${edit.question ?? ""}"`)]);
    for (const each of printed) expect(judgedWith(each)).toBe("passes");
  },
);
