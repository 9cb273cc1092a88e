import { Accept } from "../../../policy/accept";
import { Datastore } from "../../../policy/datastore";
import type { Environment } from "../../../policy/environment";
import { ApiHosts } from "../../../policy/api-hosts";
import { Worker } from "../../../policy/worker";
import { ACCOUNT_ID, anEnvironment, ZONE_ID } from "../../support/environments";
import type { OnlinePlatforms } from "../../support/online-platforms";

export const PROJECT = "abcdefghijabcdefghij";
export const SERVICE = "srv-c0ffee0c0ffee0c0ffee";
export const WORKER = "srv-d00d1ed00d1ed00d1ed0";
export const KEY_VALUE = "red-c0ffee0c0ffee0c0ffee";
export { ACCOUNT_ID, ZONE_ID };

/** An environment with something on every platform. */
export function shop(overrides: Partial<Environment> = {}): Environment {
  return anEnvironment({
    datastores: [Datastore.supabase(PROJECT, { lockedOut: "nobody uses it yet" }), Datastore.renderKeyValue(KEY_VALUE)],
    workers: [Worker.render(WORKER, { reaches: [ApiHosts.OPENAI] })],
    ...overrides,
    accept: [Accept.declared("WORK-2", "there is no Gateway on this plan"), ...(overrides.accept ?? [])],
  });
}

/** A DNS record as the platform keeps it. */
export function addRecord(online: OnlinePlatforms, id: string, record: Readonly<Record<string, unknown>>): void {
  online.cloudflare.zone(ZONE_ID).records.set(id, { id, proxied: true, ttl: 1, ...record });
}

/** The host leads through its edge. */
export function deployed(online: OnlinePlatforms): void {
  addRecord(online, "f1", { name: "app.shop.dev", type: "CNAME", content: "shop.onrender.com" });
}
