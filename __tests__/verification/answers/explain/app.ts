import type { Environment } from "../../../../policy/environment";
import type { App } from "../../../../verification/answers/app";
import { explainRequest } from "../../../../verification/answers/explain/explain";
import type { RequestExplanation, StepView } from "../../../../verification/answers/explain/explanation";
import type { RequestOptions } from "../../../../verification/answers/explain/question";
import { anEnvironment, ZONE_ID } from "../../../support/environments";
import { type Change, type JsonTree, pointerTo, proofScenes, replaceAt, stackOf } from "../../../support/proof-scenes";

/** The app of environments, changed. */
export function appOf(change?: Change, environments: readonly Environment[] = [anEnvironment()]): App {
  const [scene] = proofScenes(environments, change);
  if (scene === undefined) throw new Error("there is no environment");
  return { model: scene.model, policies: scene.policies };
}

/** Puts rules before those that the shop's ruleset of a phase has. */
export function withRules(phase: string, ...rules: readonly object[]): Change {
  return (folder) => {
    replaceAt(folder, "shop", `${pointerTo(folder, "shop", "cloudflare_ruleset", phase)}/rules`, (own) => [
      ...rules.map((rule) => ({ enabled: true, ...rule })),
      ...(own as readonly object[]),
    ]);
  };
}

/** Adds a ruleset of the shop's zone. */
export function withRuleset(phase: string, ...rules: readonly object[]): Change {
  return withResource("cloudflare_ruleset", { zone_id: ZONE_ID, kind: "zone", name: "default", phase, rules });
}

/** Adds a resource to the shop. */
export function withResource(type: string, body: object): Change {
  return (folder) => {
    const resources = stackOf(folder, "shop").json["resource"] as Record<string, JsonTree>;
    resources[type] = { ...resources[type], added: body };
  };
}

/** Explains a request of the shop. */
export function asked(options: Partial<RequestOptions> = {}, change?: Change): RequestExplanation {
  return explainRequest(appOf(change), { url: "https://app.shop.dev/webhooks/meta", from: "8.8.8.8", ...options });
}

/** The step of a rule. */
export function stepOf({ phases }: RequestExplanation, ref: string): StepView {
  const step = phases.flatMap(({ steps }) => steps).find(({ rule }) => rule.ref === ref);
  if (step === undefined) throw new Error(`there is no rule ${ref}`);
  return step;
}
