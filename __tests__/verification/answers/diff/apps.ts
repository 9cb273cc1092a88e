import { Accept } from "../../../../policy/accept";
import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import { Datastore } from "../../../../policy/datastore";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import type { Environment } from "../../../../policy/environment";
import { ApiHosts } from "../../../../policy/api-hosts";
import { Webhook } from "../../../../policy/webhook";
import { Worker } from "../../../../policy/worker";
import { WorkerEgress } from "../../../../policy/worker-egress";
import type { App } from "../../../../verification/answers/app";
import { compare } from "../../../../verification/answers/diff/report";
import { Area, type Difference } from "../../../../verification/answers/diff/difference";
import { anEnvironment, aZone } from "../../../support/environments";
import { type Change, type JsonTree, pointerTo, proofScenes, replaceAt, stackOf } from "../../../support/proof-scenes";

export const PROJECT = "abcdefghijklmnopqrsu";
export const REDIS = "red-c0ffee0c0ffee0c0ffee";
export const WORKER = "srv-d0ffee0c0ffee0c0ffee";
export const SERVICE = "srv-c0ffee0c0ffee0c0ffee";

/** A shop with everything that can change but repositories. */
export const SHOP: Environment = anEnvironment({
  zone: aZone({ plan: CloudflarePlan.ENTERPRISE }),
  webhooks: [Webhook.meta("/webhooks/meta"), Webhook.from("/hooks/billing", "billing", ["198.51.100.0/25"])],
  egress: EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10", "203.0.113.11"]),
  datastores: [Datastore.supabase(PROJECT), Datastore.renderKeyValue(REDIS)],
  workers: [Worker.render(WORKER, { reaches: [ApiHosts.OPENAI] })],
  workerEgress: WorkerEgress.gateway(1_000, EgressAddresses.dedicated("egs-d0ffee", ["203.0.113.20"])),
});

/** The shop without an Enterprise plan. */
export const SMALL_SHOP: Partial<Environment> = {
  zone: aZone({ plan: CloudflarePlan.PRO }),
  accept: [Accept.declared("WORK-2", "the Gateway needs a plan that costs more than it saves")],
};

/** The app of some environments, with its JSON changed. */
export function appOf(environments: readonly Environment[] = [SHOP], change?: Change): App {
  const [scene] = proofScenes(environments, change);
  if (scene === undefined) throw new Error("there is no environment");
  return { model: scene.model, policies: scene.policies };
}

/** The differences of the shop from itself once its JSON is changed, without those of its proofs. */
export function changedBy(change: Change, environments: readonly Environment[] = [SHOP]): readonly Difference[] {
  return compare({ before: appOf(environments), after: appOf(environments, change) }).differences;
}

/** The differences in words, without those of the policy and of the proofs. */
export function told(items: readonly Difference[]): readonly string[] {
  return items
    .filter(({ area }) => area !== Area.POLICY && area !== Area.STATEMENT)
    .map(({ direction, what, before, after }) => `${direction}: ${what}: ${before ?? ""} → ${after ?? ""}`);
}

/** Gives the members of a resource of the shop other values; undefined removes one. */
export function given(type: string, part: string, members: JsonTree, stack = "shop"): Change {
  return (folder) => {
    const pointer = pointerTo(folder, stack, type, part);
    for (const [name, value] of Object.entries(members)) replaceAt(folder, stack, `${pointer}/${name}`, () => value);
  };
}

/** Takes a resource out of the shop. */
export function dropped(type: string, part: string, stack = "shop"): Change {
  return (folder) => {
    replaceAt(folder, stack, pointerTo(folder, stack, type, part), () => undefined);
  };
}

/** Adds a resource to the shop. */
export function added(type: string, body: object, stack = "shop", name = "added"): Change {
  return (folder) => {
    const resources = stackOf(folder, stack).json["resource"] as Record<string, JsonTree>;
    resources[type] = { ...resources[type], [name]: body };
  };
}

/** Changes the desired state that an applier is told, wherever it stands. */
export function applied(part: string, change: (state: JsonTree) => JsonTree, stack = "shop"): Change {
  return (folder) => {
    const pointer = pointerTo(folder, stack, "null_resource", part);
    const told = (text: unknown): string => JSON.stringify(change(JSON.parse(String(text)) as JsonTree));
    replaceAt(folder, stack, `${pointer}/triggers/desired_state`, told);
    replaceAt(folder, stack, `${pointer}/provisioner/0/local-exec/environment/DESIRED_STATE`, told);
  };
}

/** Changes the rules of a phase of the shop. */
export function rules(phase: string, change: (rules: readonly JsonTree[]) => readonly JsonTree[]): Change {
  return (folder) => {
    const pointer = pointerTo(folder, "shop", "cloudflare_ruleset", phase);
    replaceAt(folder, "shop", `${pointer}/rules`, (own) => change(own as readonly JsonTree[]));
  };
}
