import { type App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { InvalidInput } from "../errors/invalid-input";
import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";

/**
 * The policies with the tokens of their ids as the JSON writes them: an id that only the apply knows is the same reference
 * there and here.
 *
 * @throws {InvalidInput} naming every policy that no stack of the app is named after
 */
export function resolvedPolicies(app: App, policies: readonly Policy[]): readonly Policy[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const stacks = app.node.findAll().filter((each) => TerraformStack.isStack(each));
  const named = new Map(stacks.map((stack) => [stack.node.id, stack]));
  const allowed = `the name of a stack: ${[...named.keys()].join(", ") || "the app has none"}`;
  InvalidInput.throwIfAny(
    "the policies of the app",
    policies.flatMap(({ name }) => (named.has(name) ? [] : [{ at: name, got: "no stack of this name", allowed }])),
  );
  const environments = policies.map(({ name, environment }) => {
    // A reference is written in a stack as the environment's constructs write it.
    const scope = named.get(name) ?? app;
    return Tokenization.resolve(environment, { scope, resolver, preparing: false }) as Environment;
  });
  return Policy.across(environments);
}
