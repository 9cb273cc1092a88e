import { z } from "zod";
import type { Problem } from "../errors/invalid-input";
import { coherenceProblems } from "./coherence";
import { databasesProblems } from "./datastore";
import { type EdgeOptions, edgeOptionsShape } from "./edge-options";
import { type Environment, environmentSchema, type Tenancy } from "./environment";
import { problemsBy } from "./problems";
import { scansProblems } from "./repository";
import { object } from "./shapes";
import { ingressProblems } from "./web-ingress";
import { workersProblems } from "./worker-egress";
import { ownedZone, type OwnedZone, Zone } from "./zone";

/*
 * The slice of a policy that each construct takes, and everything that is wrong with one. A construct asks, since its
 * props need not come from a Policy.
 */

/** An environment as its zone's edge sees it. */
export type EdgeTenant = Pick<Environment, "name" | "hosts" | "webhooks" | "accept">;

/** The promises of one zone's edge: the slice that EdgeFirewall takes. */
export interface EdgePolicy extends EdgeOptions {
  readonly zone: OwnedZone;
  /** The environments that live in the zone, its owner first. */
  readonly tenants: readonly EdgeTenant[];
}

/** The access to an environment's web services: the slice that WebServiceIngress takes. */
export type IngressPolicy = Pick<Environment, "name" | "hosts" | "ingress">;

/** The access to an environment's datastores: the slice that DbNetworkRestriction takes. */
export type DatabasesPolicy = Pick<Environment, "name" | "egress" | "datastores">;

/** The limits of an environment's workers: the slice that WorkerEgressOnly takes. */
export interface WorkersPolicy extends Pick<
  Environment,
  "name" | "workers" | "workerEgress" | "egress" | "datastores" | "accept"
> {
  /** The zone that the environment lives in: its account has the Gateway, and its plan decides whether there can be one. */
  readonly zone: OwnedZone;
}

/** The scans and tests of an environment's repositories: the slice that ScanSchedule takes. */
export type ScansPolicy = Pick<Environment, "name" | "repositories" | "accept">;

const edgeSchema = object({
  zone: ownedZone,
  tenants: z
    .array(environmentSchema.pick({ name: true, hosts: true, webhooks: true, accept: true }), {
      error: "a list of environments",
    })
    .min(1, { error: "at least the zone's owner" }),
  ...edgeOptionsShape,
});
const ingressSchema = environmentSchema.pick({ name: true, hosts: true, ingress: true });
const databasesSchema = environmentSchema.pick({ name: true, egress: true, datastores: true });
const workersSchema = environmentSchema
  .pick({ name: true, workers: true, workerEgress: true, egress: true, datastores: true, accept: true })
  .extend({ zone: ownedZone });
const scansSchema = environmentSchema.pick({ name: true, repositories: true, accept: true });

/** The edge's slice of a zone's environments. */
export function edgePolicy({ zone, owner, tenants }: Tenancy): EdgePolicy {
  return {
    zone,
    tenants: tenants.map(({ name, hosts, webhooks = [], accept = [] }) => ({ name, hosts, webhooks, accept })),
    ...owner.edge,
  };
}

export function edgePolicyProblems(policy: EdgePolicy): readonly Problem[] {
  return problemsBy(edgeSchema, incoherences, policy);
}

export function ingressPolicyProblems(policy: IngressPolicy): readonly Problem[] {
  return problemsBy(ingressSchema, ingressProblems, policy);
}

export function databasesPolicyProblems(policy: DatabasesPolicy): readonly Problem[] {
  return problemsBy(databasesSchema, databasesProblems, policy);
}

export function workersPolicyProblems(policy: WorkersPolicy): readonly Problem[] {
  return problemsBy(workersSchema, workersProblems, policy);
}

export function scansPolicyProblems(policy: ScansPolicy): readonly Problem[] {
  return problemsBy(scansSchema, scansProblems, policy);
}

/** An edge's tenants as environments of an app: the rules over environments hold for them too. */
function incoherences({ zone, tenants, ...edge }: EdgePolicy): readonly Problem[] {
  const environments = tenants.map((tenant, index): Environment =>
    index === 0 ? { ...tenant, zone, edge } : { ...tenant, zone: Zone.carriedBy(tenants[0]?.name ?? "") },
  );
  return coherenceProblems(environments);
}
