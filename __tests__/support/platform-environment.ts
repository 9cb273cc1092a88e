import { Accept } from "../../policy/accept";
import { Datastore } from "../../policy/datastore";
import { EgressAddresses } from "../../policy/egress-addresses";
import type { Environment } from "../../policy/environment";
import { ApiHosts } from "../../policy/api-hosts";
import { WebIngress } from "../../policy/web-ingress";
import { Worker } from "../../policy/worker";
import { anEnvironment } from "./environments";
import type { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import type { CustomDomain } from "../../rehearsal/render";
import type { NetworkRestrictions } from "../../rehearsal/supabase";

export const HOST = "app.shop.dev";
export const PROJECT = "abcdefghijabcdefghij";
const KEY_VALUE = "red-c0ffee0c0ffee0c0ffee";
const WEB_SERVICE = "srv-c0ffee0c0ffee0c0ffee";
const WORKER = "srv-d00d1ed00d1ed00d1ed0";
export const EGRESS_SET = "egs-c0ffee0c0ffee0c0ffee";
export const ADDRESSES = ["9.9.9.10", "9.9.9.11", "9.9.9.12"];

/** An environment with one of everything that is applied through a platform's API. */
export function aPlatformEnvironment(overrides: Partial<Environment> = {}): Environment {
  return anEnvironment({
    egress: EgressAddresses.dedicated(EGRESS_SET, ADDRESSES),
    datastores: [Datastore.supabase(PROJECT), Datastore.renderKeyValue(KEY_VALUE)],
    workers: [Worker.render(WORKER, { reaches: [ApiHosts.OPENAI] })],
    ingress: WebIngress.renderAllowList(["9.9.8.0/24"], "seen at a service that nobody needs"),
    accept: [Accept.declared("WORK-2", "there is no Gateway on this plan")],
    ...overrides,
  });
}

/** Whom everything admits once the environment's policy is in force. */
export const CLOSED = {
  [`Postgres of ${PROJECT}`]: ["9.9.9.10/31", "9.9.9.12/32"],
  [`Redis of ${KEY_VALUE}`]: [],
  [`onrender.com of ${WEB_SERVICE}`]: [],
  [`connections to ${WEB_SERVICE}`]: ["9.9.8.0/24"],
  [`onrender.com of ${WORKER}`]: [],
  [`connections to ${WORKER}`]: [],
};

/** The set of dedicated addresses holds these. */
export const dedicated =
  (ips: readonly string[], state = "RUNNING") =>
  ({ render }: RenderAndSupabase): void =>
    void render.dedicatedIps.set(EGRESS_SET, { id: EGRESS_SET, status: state, ips });
/** The web service has these custom domains. */
export const domains =
  (...all: readonly CustomDomain[]) =>
  ({ render }: RenderAndSupabase): void =>
    void render.customDomains.set(WEB_SERVICE, all);
export const workerType =
  (type: string) =>
  ({ render }: RenderAndSupabase): void =>
    void render.services.set(WORKER, { id: WORKER, type, serviceDetails: {} });
/** The database admits these. */
export const project =
  (restrictions: NetworkRestrictions) =>
  ({ supabase }: RenderAndSupabase): void =>
    void supabase.projects.set(PROJECT, restrictions);

/** The web service shows this beside what it shows already. */
export const webService =
  (serviceDetails: object) =>
  ({ render }: RenderAndSupabase): void => {
    const before = render.services.get(WEB_SERVICE)?.serviceDetails;
    const merged = { ...before, ...serviceDetails };
    render.services.set(WEB_SERVICE, { id: WEB_SERVICE, type: "web_service", serviceDetails: merged });
  };

/** Redis admits these. */
export const keyValue =
  (ipAllowList: unknown) =>
  ({ render }: RenderAndSupabase): void =>
    void render.keyValues.set(KEY_VALUE, { id: KEY_VALUE, ipAllowList });
