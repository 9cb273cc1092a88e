import { NullProvider } from "@cdktf/provider-null/lib/provider";
import type { App, TerraformStack } from "cdktf";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { appliedStatesOf } from "./applied-states";
import { anEnvironment } from "./environments";
import { aStack, jsonOf } from "./synthesized";

/** The policy of a complete environment with some of it changed. */
export function policyOf(overrides: Partial<Environment> = {}): Policy {
  const [policy] = Policy.across([anEnvironment(overrides)]);
  if (policy === undefined) throw new Error("there is no policy");
  return policy;
}

/** A stack with the Cloudflare and the null provider, filled by a test. */
export function stackWith(fill: (stack: TerraformStack) => void, name = "shop", app?: App): TerraformStack {
  const filled = (stack: TerraformStack) => {
    new NullProvider(stack, "null");
    fill(stack);
  };
  return app === undefined ? aStack(filled, name) : aStack(filled, name, app);
}

/** The states that a stack applies through platforms' APIs. */
export function statesOf(stack: TerraformStack) {
  return appliedStatesOf(jsonOf(stack)).map(({ kind, target, desired }) => ({ kind, target, desired }));
}

/** The warnings that the CLI prints for a stack. */
export function warningsOf(stack: TerraformStack): readonly string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data)));
}
