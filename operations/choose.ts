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

/**
 * The entries of a table that have these names, in the table's order.
 *
 * @param subject the choice, and `at` the argument by which it is made
 * @throws {InvalidInput} where the table has no entry of a name
 */
export function chooseNamed<T extends { readonly name: string }>(
  table: readonly T[],
  names: readonly string[],
  { subject, at }: { readonly subject: string; readonly at: string },
): readonly T[] {
  const known = table.map(({ name }) => name);
  const strange = names.filter((name) => !known.includes(name));
  InvalidInput.throwIfAny(
    subject,
    strange.map((name) => notListed(at, name, known)),
  );
  return table.filter(({ name }) => names.includes(name));
}
