import { type App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";

/**
 * The policies with the tokens of their ids as the JSON writes them: an id that only the apply knows is the same reference
 * there and here.
 */
export function resolvedPolicies(app: App, policies: readonly Policy[]): readonly Policy[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const environments = policies.map(({ name, environment }) => {
    const scope = stackOf(app, name);
    return Tokenization.resolve(environment, { scope, resolver, preparing: false }) as Environment;
  });
  return Policy.across(environments);
}

/** The stack of an environment, in which a reference is written as the environment's constructs write it. */
function stackOf(app: App, name: string): IConstruct {
  const stacks = app.node.findAll().filter((each) => TerraformStack.isStack(each));
  return stacks.find(({ node }) => node.id === name) ?? stacks[0] ?? app;
}
