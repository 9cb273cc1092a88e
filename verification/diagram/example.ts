import { bytesOf } from "../../network/rules-language";
import { Answer } from "../classes/answer";
import { Dimension } from "../classes/dimension";
import type { EdgeRequest } from "../evaluate/edge-request";
import type { Scope } from "../prove/scope";
import { requestsOf, type Witness } from "../prove/witness";
import { withoutContradictions } from "./assumption";
import type { PlacedRule } from "./course";
import { atomsOf } from "./decision";
import { type Diagram, DIMENSIONS } from "./decision-diagram";
import type { Language } from "./language";
import type { PartitionClass } from "./partition";
import type { Region } from "./regions";

/** One request of a region, from an address of each family that there is. */
export interface Example {
  /** None where bytes that are no text can't be written as one, or where the evaluator denies what is assumed of them. */
  readonly requests: readonly EdgeRequest[];
  /** What is true of the first. */
  readonly known: ReadonlyMap<number, Answer>;
  /** What nobody can tell, and is assumed of it. */
  readonly assumed: ReadonlyMap<number, boolean>;
}

/** Where examples are looked for. */
export interface Sought {
  readonly language: Language;
  readonly partitions: Diagram<unknown>["partitions"];
  readonly normalised: boolean;
  readonly likely: Scope["likely"];
  /** What the rules ask that no field alone decides. */
  readonly free: readonly number[];
}

export function soughtIn(
  language: Language,
  rules: readonly PlacedRule[],
  others: Pick<Sought, "partitions" | "normalised" | "likely">,
): Sought {
  const asked = atomsOf(rules.map(({ condition }) => condition));
  return { ...others, language, free: [...asked].filter((atom) => language.atoms.at(atom).question === undefined) };
}

export function exampleOf(sought: Sought, region: Region): Example {
  const { partitions, normalised, likely } = sought;
  const values = new Set([...(likely?.hosts ?? []), ...(likely?.paths ?? [])].map(bytesOf));
  const chosen = DIMENSIONS.map((dimension) => {
    const { atoms, classes } = partitions[dimension];
    const own = classes.filter((_, index) => region.get(dimension)?.has(index) !== false);
    const certain = own.filter(({ assumed }) => assumed.length === 0);
    const best = certain.find((each) => isLikely(each, values)) ?? certain[0] ?? own[0];
    return { dimension, atoms, own, best };
  });
  const witness = Object.assign({}, ...chosen.map(({ best }) => best?.witness)) as Witness;
  const sources = chosen.find(({ dimension }) => dimension === Dimension.SOURCE)?.own ?? [];
  const known = new Map(
    chosen.flatMap(({ atoms, best }) => atoms.map((atom, at) => [atom, best?.answers[at] ?? Answer.NO] as const)),
  );
  const example: Example = {
    requests: requestsOf({ ...witness, sources: oneOfEachFamily(sources) }, normalised),
    known,
    assumed: new Map([
      ...chosen.flatMap(
        ({ best }) => best?.assumed.map((atom) => [atom, known.get(atom) === Answer.YES] as const) ?? [],
      ),
      ...[...region].flatMap(([axis, own]) => (typeof axis === "number" ? [[axis, own.has(1)] as const] : [])),
    ]),
  };
  return withoutContradictions(example, region, sought);
}

function isLikely({ witness: { host, path, sources } }: PartitionClass, values: ReadonlySet<string>): boolean {
  return values.has(host ?? "") || values.has(path ?? "") || sources?.[0]?.family === 4;
}

function oneOfEachFamily(classes: readonly PartitionClass[]): Witness["sources"] {
  const all = classes.flatMap(({ witness }) => witness.sources ?? []);
  return ([4, 6] as const).flatMap((family) => all.find((address) => address.family === family) ?? []);
}
