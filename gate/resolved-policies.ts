import { type App, DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { Environment } from "../policy/environment";
import { Policy } from "../policy/policy";

/**
 * The policies with the tokens of their ids as the JSON writes them: an id that only the apply knows is the same reference
 * there and here.
 */
export function resolvedPolicies(app: App, policies: readonly Policy[]): readonly Policy[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const environments = policies.map(
    ({ environment }) => Tokenization.resolve(environment, { scope: app, resolver, preparing: false }) as Environment,
  );
  return Policy.across(environments);
}
