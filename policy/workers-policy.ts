import type { Problem } from "../errors/invalid-input";
import { CloudflarePlan } from "./cloudflare-plan";
import { type DedicatedAddresses, egressProblems } from "./egress-addresses";
import { environmentSchema, type Environment } from "./environment";
import { problemsBy } from "./problems";
import { type OwnedZone, ownedZone } from "./zone";

/** What holds an environment's workers: the slice of a policy that WorkerEgressOnly takes. */
export interface WorkersPolicy extends Pick<
  Environment,
  "name" | "workers" | "workerEgress" | "egress" | "datastores" | "accept"
> {
  /** The zone that the environment lives in: its account has the Gateway, and its plan decides whether there can be one. */
  readonly zone: OwnedZone;
}

const workersSchema = environmentSchema
  .pick({ name: true, workers: true, workerEgress: true, egress: true, datastores: true, accept: true })
  .extend({ zone: ownedZone });

/** Everything that is wrong with what holds the workers, also where it wasn't made by a Policy. */
export function workersPolicyProblems(policy: WorkersPolicy): readonly Problem[] {
  return problemsBy(workersSchema, workersProblems, policy);
}

/** What the workers reach is held by Gateway, where the zone can have it, or accepted as declared. */
export function workersProblems(policy: WorkersPolicy): readonly Problem[] {
  const { name, workers = [], workerEgress, accept = [], zone } = policy;
  const at = `${name}.workerEgress`;
  const declare = `add Accept.declared("WORK-2", reason) to ${name}.accept`;
  if (workerEgress === undefined) {
    const accepted = accept.some(({ statement }) => statement === "WORK-2");
    const got = "nothing that holds its workers to the hosts that they reach";
    const allowed = "WorkerEgress.gateway(...), or WORK-2 accepted as declared";
    return workers.length === 0 || accepted ? [] : [{ at, got, allowed, change: declare }];
  }
  const addresses = gatewayAddresses(policy);
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
}: Pick<Environment, "workerEgress" | "egress">): DedicatedAddresses | undefined {
  if (workerEgress?.source.kind === "dedicated") return workerEgress.source;
  return egress?.kind === "dedicated" ? egress : undefined;
}
