import { sample } from "../../__tests__/support/sample";
import { environments } from "../../environments";
import { STATEMENT_IDS } from "../../policy/statements";
import { CATALOGUE } from "./catalogue";
import { folderOf, type JsonTree } from "./folder";
import { HARMLESS } from "./harmless";
import { Outcome } from "./judge";
import type { Kind } from "./kind";
import { otherEnvironments } from "./other-environments";
import { editsIn, isRefused, killedBy } from "./run";
import { lostIn, survivorsIn } from "./table";

/** Kinds whose mutants are all shown to mean the same, which takes the diagrams a while: `npm run mutants` shows it. */
const EQUAL: readonly string[] = ["reorder the rules of a phase", "drop url_decode's option"];

/** The one kind that breaks WORK-1 and nothing else. */
const ALONE = "let a worker be of another type";

const SAMPLE = Object.fromEntries(
  Object.entries(CATALOGUE).map(([family, kinds]) => {
    const judged = kinds.filter(({ name }) => !EQUAL.includes(name));
    const sampled = sample(judged, 4);
    return [family, judged.filter((kind) => kind.name === ALONE || sampled.includes(kind))];
  }),
);
const namesIn = (catalogue: typeof CATALOGUE): readonly string[] =>
  Object.values(catalogue).flatMap((kinds) => kinds.map(({ name }) => name));

const folders = [folderOf(environments), folderOf(otherEnvironments)];

describe("a policy's mutants", () => {
  const judged = killedBy(folders, SAMPLE, { upToFirst: true });

  test("are refused, one of each kind", () => {
    const refused = judged.filter(({ cells }) => isRefused(cells)).map(({ kind }) => kind);
    expect(survivorsIn(judged)).toEqual([]);
    expect(refused).toEqual(namesIn(SAMPLE));
  });

  test("have kinds with names of their own", () => {
    const names = namesIn(CATALOGUE);
    expect(new Set(names).size).toBe(names.length);
  });

  test("break every statement", () => {
    const broken = new Set(judged.flatMap(({ cells }) => cells.map(({ statement }) => statement)));
    expect(STATEMENT_IDS.filter((id) => !broken.has(id))).toEqual([]);
  });

  test("would be told if they survived: what changes nothing is equal, and what opens nothing survives", () => {
    const edit = (name: string, change: (json: JsonTree) => void): Kind => ({
      name,
      mutants: ({ name: stack }) =>
        stack !== "production"
          ? []
          : [
              {
                ...{ at: "", stack, breaks: ["PORTS-1"] },
                change: ({ stacks }) => stacks.forEach(({ json }) => change(json)),
              },
            ],
    });
    const kinds = [edit("equal", () => undefined), edit("more", (json) => (json["locals"] = { more: 1 }))];
    const outcomes = killedBy(folders, { own: kinds }).map(({ cells }) => cells[0]?.outcome);
    expect([...new Set(outcomes)]).toEqual([Outcome.EQUAL, Outcome.SURVIVED]);
  });
});

describe("harmless edits", () => {
  test("stay proven, one of each kind", () => {
    const kinds = sample(HARMLESS, 3);
    const edits = editsIn(folders, kinds, { upToFirst: true });
    expect(lostIn(edits)).toEqual([]);
    expect(edits.length).toBe(kinds.length);
  });
});
