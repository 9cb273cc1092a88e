import { bytesOf } from "../../network/rules-language";
import { Dimension } from "../classes/dimension";
import { requestsOf, type Witness } from "../edge/witness";
import { Answer } from "../solver/answer";
import { withoutContradictions } from "./assumption";
import type { PlacedRule } from "./course";
import { atomsOf } from "./decision";
import { DIMENSIONS } from "./decision-diagram";
import type { Language } from "./language";
import type { PartitionClass } from "./partition";
import type { Region } from "./regions";
import type { Example, Sought } from "./sought";

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
