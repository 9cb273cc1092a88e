import type { App } from "cdktf";
import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";
import { withoutTokenTraces } from "../policy/synth";
import { EnvironmentStack, type EnvironmentStackOptions } from "./environment-stack";

/**
 * One stack per environment. The stack of an environment that lives in another one's zone comes after the owner's.
 *
 * @throws {InvalidInput} naming every problem of every environment, before there is any stack
 */
export function composeStacks(
  app: App,
  environments: readonly Environment[],
  options: EnvironmentStackOptions = {},
): readonly Policy[] {
  const policies = Policy.across(environments);
  const stacks = withoutTokenTraces(
    () => new Map(policies.map((policy) => [policy.name, new EnvironmentStack(app, policy, options)])),
  );
  for (const { name, edgeOwner } of policies) {
    const owner = stacks.get(edgeOwner);
    if (owner !== undefined && edgeOwner !== name) stacks.get(name)?.addDependency(owner);
  }
  return policies;
}
