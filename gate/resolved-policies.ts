import { type App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";

/**
 * The policies with the tokens of their ids as the JSON writes them: an id that only the apply knows is the same reference
 * there and here.
 */
export function resolvedPolicies(app: App, policies: readonly Policy[]): readonly Policy[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const stacks = app.node.findAll().filter((each) => TerraformStack.isStack(each));
  const named = new Map(stacks.map((stack) => [stack.node.id, stack]));
  const environments = policies.map(({ name, environment }) => {
    // A reference is written in a stack as the environment's constructs write it.
    const scope = named.get(name) ?? stacks[0] ?? app;
    return Tokenization.resolve(environment, { scope, resolver, preparing: false }) as Environment;
  });
  return Policy.across(environments);
}
