import { z } from "zod";
import type { Problem } from "../errors/invalid-input";
import { type Accept, acceptanceOf, holdsStatement } from "./accept";
import { CloudflarePlan } from "./cloudflare-plan";
import { type DedicatedAddresses, type EgressAddresses, egressProblems, egressSchema } from "./egress-addresses";
import { members } from "./members";
import { object } from "./shapes";
import type { Worker } from "./worker";
import type { OwnedZone } from "./zone";

/**
 * Workers reach out through Cloudflare Zero Trust Gateway: exact hosts on 443, and nothing else.
 *
 * Gateway knows a worker by its source address. It is cooperative: Render has no egress firewall, so a worker that
 * ignores its proxy setting isn't stopped.
 */
export interface GatewayEgress {
  /**
   * The place of the environment's two policies among the account's: the allow at this number, the default deny at 500 more.
   * Different in every environment of the account. A multiple of 1,000, from 1,000 to 1,000,000.
   */
  readonly precedence: number;
  /** The addresses from which the workers reach out. */
  readonly source: GatewaySource;
}

/** The environment's egress addresses, which its web service has too, or a set that only the workers have. */
export type GatewaySource = { readonly kind: "shared-with-web-service" } | DedicatedAddresses;

export type WorkerEgress = GatewayEgress;

const [dedicated] = egressSchema.options;

const PRECEDENCE = "a multiple of 1000, from 1000 to 1000000";

export const workerEgressSchema = object({
  precedence: z
    .int({ error: PRECEDENCE })
    .min(1_000, { error: PRECEDENCE })
    .max(1_000_000, { error: PRECEDENCE })
    .refine((value) => value % 1_000 === 0, { error: `${PRECEDENCE}, so that there is room for the deny` }),
  source: z.discriminatedUnion("kind", [object({ kind: z.literal("shared-with-web-service") }), dedicated], {
    error: "a source made by WorkerEgress.gateway or WorkerEgress.gatewaySharedWithWebService",
  }),
});

export const WorkerEgress = members("WorkerEgress", {
  /** Gateway, for workers with a set of dedicated addresses of their own. */
  gateway(precedence: number, source: DedicatedAddresses): GatewayEgress {
    return { precedence, source };
  },
  /**
   * Gateway, for workers that reach out from the environment's egress addresses. On Render those belong to a workspace or
   * an environment, not to a service. So the web service has them too: the same rules bind it if it uses the proxy.
   */
  gatewaySharedWithWebService(precedence: number): GatewayEgress {
    return { precedence, source: { kind: "shared-with-web-service" } };
  },
});

/** The workers of an environment and the egress that limits them. */
interface LimitedWorkers {
  readonly name: string;
  readonly zone: Pick<OwnedZone, "plan">;
  readonly workers?: readonly Worker[];
  readonly workerEgress?: WorkerEgress;
  readonly egress?: EgressAddresses;
  readonly accept?: readonly Accept[];
}

/** Gateway holds the workers to their hosts where the zone can have it, or WORK-2 is accepted as declared. */
export function workersProblems(limited: LimitedWorkers): readonly Problem[] {
  const { name, workers = [], workerEgress, accept = [], zone } = limited;
  const at = `${name}.workerEgress`;
  const declare = acceptanceOf("WORK-2", name);
  if (workerEgress === undefined) {
    const got = "nothing that holds its workers to the hosts that they reach";
    const allowed = "WorkerEgress.gateway(...), or WORK-2 accepted as declared";
    return workers.length === 0 || !holdsStatement(accept, "WORK-2") ? [] : [{ at, got, allowed, change: declare }];
  }
  const addresses = gatewayAddresses(limited);
  return [
    ...(zone.plan === CloudflarePlan.ENTERPRISE
      ? []
      : [
          {
            at,
            got: `Gateway on the ${zone.plan} plan`,
            allowed: "Gateway on the enterprise plan: only it has proxy endpoints that know a worker by its address",
            change: `move the zone to it, or drop workerEgress and ${declare}`,
          },
        ]),
    ...(addresses === undefined
      ? [
          {
            at: `${at}.source`,
            got: "the environment's egress addresses, which aren't dedicated",
            allowed: "dedicated addresses: a region's ranges would admit other tenants to the proxy",
            change: `give ${name} a dedicated set: EgressAddresses.dedicated(set, addresses)`,
          },
        ]
      : egressProblems(workerEgress.source.kind === "dedicated" ? `${at}.source` : `${name}.egress`, addresses)),
  ];
}

/** The addresses by which Gateway knows an environment's workers. */
export function gatewayAddresses({
  workerEgress,
  egress,
}: Pick<LimitedWorkers, "workerEgress" | "egress">): DedicatedAddresses | undefined {
  if (workerEgress?.source.kind === "dedicated") return workerEgress.source;
  return egress?.kind === "dedicated" ? egress : undefined;
}
