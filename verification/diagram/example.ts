import { type Address, FAMILIES } from "../../network/address";
import { bytesOf } from "../../network/rules-language";
import { EdgeAxis, type Point } from "../edge/axes";
import { requestAt } from "../edge/point";
import { Answer } from "../solver/answer";
import { withoutContradictions } from "./assumption";
import type { PlacedRule } from "./course";
import { atomsOf } from "../solver/decision";
import type { Language } from "./language";
import type { PartitionClass } from "../solver/partition";
import type { Region } from "../solver/regions";
import type { Example, Sought } from "./sought";

export function soughtIn(
  language: Language,
  rules: readonly PlacedRule[],
  others: Pick<Sought, "partitions" | "normalised" | "likely">,
): Sought {
  const asked = atomsOf(rules.map(({ condition }) => condition));
  return { ...others, language, free: [...asked].filter((atom) => language.at(atom).question === undefined) };
}

export function exampleOf(sought: Sought, region: Region): Example {
  const { partitions, normalised, likely } = sought;
  const values = new Set([...(likely?.hosts ?? []), ...(likely?.paths ?? [])].map(bytesOf));
  const chosen = AXES.map((axis) => {
    const { atoms, classes } = partitions[axis];
    const own = (classes as readonly PartitionClass[]).filter((_, index) => region.get(axis)?.has(index) !== false);
    const certain = own.filter(({ assumed }) => assumed.length === 0);
    const best = certain.find(({ examples: [value] }) => isLikely(value, values)) ?? certain[0] ?? own[0];
    return { axis, atoms, best };
  });
  const point = Object.fromEntries(chosen.map(({ axis, best }) => [axis, best?.examples[0]])) as unknown as Point;
  const known = new Map(
    chosen.flatMap(({ atoms, best }) => atoms.map((atom, at) => [atom, best?.answers[at] ?? Answer.NO] as const)),
  );
  const example: Example = {
    requests: sourcesIn(sought, region).flatMap(
      (source) => requestAt({ ...point, [EdgeAxis.SOURCE]: source }, normalised) ?? [],
    ),
    known,
    assumed: new Map([
      ...chosen.flatMap(
        ({ best }) => best?.assumed.map((atom) => [atom, known.get(atom) === Answer.YES] as const) ?? [],
      ),
      ...[...region].flatMap(([split, own]) => (typeof split === "number" ? [[split, own.has(1)] as const] : [])),
    ]),
  };
  return withoutContradictions(example, region, sought);
}

const AXES = Object.values(EdgeAxis);

function isLikely(value: unknown, expected: ReadonlySet<string>): boolean {
  if (typeof value === "string") return expected.has(value);
  return typeof value === "object" && value !== null && "family" in value && value.family === 4;
}

/** An address of each family that the region has. */
function sourcesIn({ partitions }: Sought, region: Region): readonly Address[] {
  const { classes } = partitions[EdgeAxis.SOURCE];
  const own = classes.filter((_, index) => region.get(EdgeAxis.SOURCE)?.has(index) !== false);
  const all = own.flatMap(({ examples }) => examples);
  return FAMILIES.flatMap((family) => all.find((address) => address.family === family) ?? []);
}
