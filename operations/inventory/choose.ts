import { InvalidInput } from "../../errors/invalid-input";
import { notListed } from "../../errors/nearest";
import { Policy } from "../../policy/policy";
import type { Environment } from "../../policy/environment";

/**
 * The policies that are meant: one by its name, or all of the app.
 *
 * @throws {InvalidInput} where there is no such environment, or the environments contradict each other
 */
export function choose(environments: readonly Environment[], name?: string): readonly Policy[] {
  const policies = Policy.across(environments);
  const chosen = policies.filter((policy) => name === undefined || policy.name === name);
  if (chosen.length > 0) return chosen;
  const known = policies.map((policy) => policy.name);
  throw new InvalidInput("the choice of an environment", [notListed("<environment>", name ?? "", known)]);
}
