import { z } from "zod";
import { type Accept, acceptSchema } from "./accept";
import { type Datastore, datastoreSchema } from "./datastore";
import { type EdgeOptions, edgeOptionsSchema } from "./edge-options";
import { type EgressAddresses, egressSchema } from "./egress-addresses";
import { type Origin, originSchema } from "./origin";
import { type Repository, repositoryName, repositorySchema } from "./repository";
import { environmentName, hostName, object } from "./shapes";
import { type WebIngress, webIngressSchema } from "./web-ingress";
import { type Webhook, webhookSchema } from "./webhook";
import { type Worker, workerSchema } from "./worker";
import { type WorkerEgress, workerEgressSchema } from "./worker-egress";
import { type OwnedZone, type Zone, zoneSchema } from "./zone";

/** The promises of an environment, as its file has them: pure data. */
export interface Environment {
  /** The environment's name: 1 to 20 lower-case letters, digits and hyphens. It names the stack. */
  readonly name: string;
  /** The zone of its hosts: its own, or one that another environment carries it in. */
  readonly zone: Zone;
  /** Its public hosts, each with the origin behind it. At least one; no other environment has the same host. */
  readonly hosts: Readonly<Record<string, Origin>>;
  /**
   * The paths that only their senders may call.
   *
   * @default - none
   */
  readonly webhooks?: readonly Webhook[];
  /**
   * The options of its edge. Only an environment that owns its zone may have them.
   *
   * @default - addresses inline, everything created, nothing left to others
   */
  readonly edge?: EdgeOptions;
  /**
   * The demands of its web services on a connection, beside the name of a host.
   *
   * @default - none: Render admits every address, and the application refuses a request without the edge's secret
   */
  readonly ingress?: WebIngress;
  /**
   * The static addresses from which its services reach out. Its databases admit these.
   *
   * @default - none: its databases have to be locked out
   */
  readonly egress?: EgressAddresses;
  /**
   * The stores of its data.
   *
   * @default - none
   */
  readonly datastores?: readonly Datastore[];
  /**
   * Its internal workers.
   *
   * @default - none
   */
  readonly workers?: readonly Worker[];
  /**
   * The egress control that holds its workers to the hosts that they reach.
   *
   * @default - none: WORK-2 is only declared, which the environment has to accept
   */
  readonly workerEgress?: WorkerEgress;
  /**
   * The repositories whose scans it owns. Exactly one environment owns each.
   *
   * @default - none
   */
  readonly repositories?: readonly Repository[];
  /**
   * The repository `owner/name` whose workflows deploy the app. They hold every credential, so a file that the stacks
   * write into it may do anything. One environment of an app is enough to name it.
   *
   * @default - no name: any repository that no environment owns may be this one
   */
  readonly infrastructure?: string;
  /**
   * All that it lowers or accepts, each with a reason: statements, stacks of others, questions about single resources, and things
   * outside the JSON.
   *
   * @default - none: every statement is held, and nothing unknown is accepted
   */
  readonly accept?: readonly Accept[];
}

export const environmentSchema = object({
  name: environmentName,
  zone: zoneSchema,
  hosts: z
    .record(hostName, originSchema, { error: "the origin of each public host" })
    .refine((hosts) => Object.keys(hosts).length > 0, { error: "at least one host" }),
  webhooks: z.array(webhookSchema, { error: "a list of webhooks" }).optional(),
  edge: edgeOptionsSchema.optional(),
  ingress: webIngressSchema.optional(),
  egress: egressSchema.optional(),
  datastores: z.array(datastoreSchema, { error: "a list of datastores" }).optional(),
  workers: z.array(workerSchema, { error: "a list of workers" }).optional(),
  workerEgress: workerEgressSchema.optional(),
  repositories: z.array(repositorySchema, { error: "a list of repositories" }).optional(),
  infrastructure: repositoryName.optional(),
  accept: z
    .array(acceptSchema, { error: "a list made by Accept.declared, Accept.stack, Accept.resource and Accept.thing" })
    .optional(),
});

/** An owned zone with every environment that lives in it: its owner first, then those that it carries. */
export interface Tenancy<Tenant = Environment> {
  readonly zone: OwnedZone;
  readonly owner: Tenant;
  readonly tenants: readonly Tenant[];
}

/** The zones that the environments own, each with its tenants. */
export function tenancies<Tenant extends Pick<Environment, "name" | "zone">>(
  environments: readonly Tenant[],
): readonly Tenancy<Tenant>[] {
  return environments.flatMap((owner) => {
    const { zone } = owner;
    if (zone.kind !== "owned") return [];
    const guests = environments.filter((other) => other.zone.kind === "carried" && other.zone.by === owner.name);
    return [{ zone, owner, tenants: [owner, ...guests] }];
  });
}

/** The JSON schema (2020-12) of a policy as JSON: the data of one environment. */
export function policySchema(): object {
  return {
    title: "The policy of one environment",
    ...z.toJSONSchema(environmentSchema, { target: "draft-2020-12", io: "input" }),
  };
}
