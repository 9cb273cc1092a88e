import { InvalidInput, type Problem } from "../errors/invalid-input";
import { notListed } from "../errors/nearest";
import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";

/**
 * The policies that are meant: one by its name, or all of the app.
 *
 * @throws {InvalidInput} where there is no such environment, or the environments contradict each other
 */
export function choose(environments: readonly Environment[], name?: string): readonly [Policy, ...Policy[]] {
  const policies = Policy.across(environments);
  const [first, ...others] = policies.filter((policy) => name === undefined || policy.name === name);
  if (first !== undefined) return [first, ...others];
  const known = policies.map((policy) => policy.name);
  throw new InvalidInput("the choice of an environment", [notListed("<environment>", name ?? "", known)]);
}

/** The example values that an environment still holds: only what is its own is asked. */
export function exampleProblems({ name, exampleValues }: Policy): readonly Problem[] {
  return exampleValues.map((value) => {
    const [, at = "", got = value] = /^(.+) \((.+)\)$/.exec(value) ?? [];
    return { at: `${name}.${at}`, got, allowed: "a value of its own, not the example's" };
  });
}
