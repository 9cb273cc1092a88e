import { z } from "zod";
import { type DedicatedAddresses, egressSchema } from "./egress-addresses";
import { object } from "./shapes";

/**
 * Workers reach out through Cloudflare Zero Trust Gateway: exact hosts on 443, and nothing else.
 *
 * Gateway knows a worker by its source address. It is cooperative: Render has no egress firewall, so a worker that
 * ignores its proxy setting isn't stopped.
 */
export interface GatewayEgress {
  /**
   * The place of the environment's two policies among the account's: the first at this number, the default deny at 500
   * more. Different in every environment of the account.
   */
  readonly precedence: number;
  /** From which addresses the workers reach out. */
  readonly source: GatewaySource;
}

/** The environment's egress addresses, which its web service has too, or a set that only the workers have. */
export type GatewaySource = { readonly kind: "shared-with-web-service" } | DedicatedAddresses;

export type WorkerEgress = GatewayEgress;

const [dedicated] = egressSchema.options;

export const workerEgressSchema = object({
  precedence: z
    .int({ error: "a whole number" })
    .min(1_000, { error: "at least 1000" })
    .max(1_000_000, { error: "at most 1000000" })
    .refine((value) => value % 1_000 === 0, { error: "a multiple of 1000, so that there is room for the deny" }),
  source: z.discriminatedUnion("kind", [object({ kind: z.literal("shared-with-web-service") }), dedicated], {
    error: "a source made by WorkerEgress.gateway or WorkerEgress.gatewaySharedWithWebService",
  }),
});

export const WorkerEgress = {
  /** Gateway, for workers with a set of dedicated addresses of their own. */
  gateway(precedence: number, source: DedicatedAddresses): GatewayEgress {
    return { precedence, source };
  },
  /**
   * Gateway, for workers that reach out from the environment's egress addresses. On Render those belong to a workspace or
   * an environment, not to a service, so the web service has them too: if it uses the proxy, it is bound by the same rules.
   */
  gatewaySharedWithWebService(precedence: number): GatewayEgress {
    return { precedence, source: { kind: "shared-with-web-service" } };
  },
} as const;
