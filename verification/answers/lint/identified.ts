import { idOf } from "../../statements/id";
import { canonicalPlace } from "../../terraform/identity";
import type { Model } from "../../terraform/model";
import type { Place } from "../../terraform/stack";
import type { AppFinding, NamelessFinding } from "./finding";

/** Findings with their ids, each id once: of findings that are told apart by nothing, the second has a number. */
export function identified(found: readonly NamelessFinding[], model: Model): readonly AppFinding[] {
  const given = new Map<string, number>();
  const namesOf = ({ stack, pointer }: Place): readonly string[] => canonicalPlace(model.stack(stack)?.json, pointer);
  return found.map(({ key = [], about, ...finding }) => {
    const { rule, place } = finding;
    const stack = about === undefined ? place.stack : "";
    const names = key.flatMap((each) => (typeof each === "string" ? each : namesOf(each)));
    const id = idOf("finding", stack, rule, ...(about ?? namesOf(place)), ...names);
    const count = (given.get(id) ?? 0) + 1;
    given.set(id, count);
    return { id: count === 1 ? id : `${id}~${count}`, ...finding };
  });
}
