import { controlAt } from "../../result";
import { isObject, membersOf } from "../../terraform/json";
import type { Resource, Stack } from "../../terraform/stack";
import type { Sides } from "./sides";
import { Area, type Difference, differenceOf, Direction } from "./difference";

/** The demands on its inputs that an apply drops, where the inputs are still there. More demands open nothing. */
export function demandDifferences({ before, after }: Sides): readonly Difference[] {
  return after.model.stacks.flatMap((stack) => {
    const still = new Set(stack.resources.flatMap(conditionsOf));
    const earlier = before.model.stack(stack.name)?.resources ?? [];
    return earlier.flatMap((resource) =>
      conditionsOf(resource)
        .filter((condition) => !still.has(condition) && isAbout(condition, stack))
        .map((condition) =>
          differenceOf({
            ...{ direction: Direction.WEAKENED, area: Area.DEMANDS, environments: [resource.stack] },
            sentence: `an apply goes on where ${condition} isn't true`,
            ...{ what: `an apply where ${condition} isn't true`, before: "fails", after: "goes on" },
            ...{ by: { before: controlAt(resource) }, subject: { of: resource.stack, parts: [resource.address] } },
          }),
        ),
    );
  });
}

function conditionsOf({ body: { lifecycle } }: Resource): readonly string[] {
  if (!isObject(lifecycle)) return [];
  const { precondition = [], postcondition = [] } = lifecycle;
  return [precondition, postcondition]
    .flat()
    .flatMap((each: unknown) => (isObject(each) ? String(each["condition"]) : []));
}

/** Whether a stack has all inputs that a condition speaks of. */
function isAbout(condition: string, { json }: Stack): boolean {
  const inputs = membersOf(json["variable"]);
  return [...condition.matchAll(/\bvar\.([\w-]+)/g)].every(([, name = ""]) => name in inputs);
}
