import { environments } from "../../environments";
import { STATEMENT_IDS } from "../../policy/statements";
import { CATALOGUE } from "./catalogue";
import { folderOf } from "./folder";
import { HARMLESS } from "./harmless";
import { Outcome } from "./judge";
import { editsIn, isRefused, killedBy } from "./run";
import { lostIn, survivorsIn } from "./table";

const NAMES = Object.values(CATALOGUE).flatMap((kinds) => kinds.map(({ name }) => name));

/** Kinds of which every mutant means the same. */
const EQUAL: readonly string[] = ["reorder the rules of a phase"];

/** Kinds that show which part of a rule the statement doesn't rest on. */
const TOLERATED: readonly string[] = ["drop url_decode's option"];

describe("a policy's mutants", () => {
  const folder = folderOf(environments);
  const judged = killedBy(folder, CATALOGUE, { upToFirst: true });

  test("are refused, one of each kind", () => {
    expect(survivorsIn(judged)).toEqual([]);
    const refused = judged.filter(({ cells }) => isRefused(cells)).map(({ kind }) => kind);
    expect(NAMES.filter((name) => !refused.includes(name))).toEqual([...EQUAL, ...TOLERATED]);
  });

  test("are there for every kind, under a name of its own", () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
    expect([...new Set(judged.map(({ kind }) => kind))]).toEqual(NAMES);
  });

  test("break every statement", () => {
    const broken = new Set(judged.flatMap(({ cells }) => cells.map(({ statement }) => statement)));
    expect(STATEMENT_IDS.filter((id) => !broken.has(id))).toEqual([]);
  });

  test("would be told if they survived: a change that does nothing is equal, one that opens nothing survives", () => {
    const nothing = { name: "nothing", mutants: () => [] };
    const one = (name: string, change: (json: Record<string, unknown>) => void) => ({
      ...nothing,
      name,
      mutants: ({ name: stack }: { readonly name: string }) => [
        {
          ...{ at: "", stack, breaks: ["PORTS-1"] as const },
          change: (copy: typeof folder) => copy.stacks.forEach(({ json }) => change(json)),
        },
      ],
    });
    const kinds = [one("equal", () => undefined), one("more", (json) => (json["locals"] = { more: 1 }))];
    const outcomes = killedBy(folder, { own: kinds }).map(({ cells }) => cells[0]?.outcome);
    expect([...new Set(outcomes)]).toEqual([Outcome.EQUAL, Outcome.SURVIVED]);
  });
});

describe("harmless edits", () => {
  test("stay proven, one of each kind", () => {
    const edits = editsIn(folderOf(environments), HARMLESS, { upToFirst: true });
    expect(lostIn(edits)).toEqual([]);
    expect(edits.length).toBe(HARMLESS.length);
  });
});
