import { Annotations, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { InvalidInput } from "../../errors/invalid-input";
import { nameOf } from "../../policy/datastore";
import type { DedicatedAddresses } from "../../policy/egress-addresses";
import { type WorkersPolicy, workersPolicyProblems } from "../../policy/slices";
import { Strength } from "../../policy/statements";
import { gatewayAddresses } from "../../policy/worker-egress";
import { AppliedState, ApplierKind } from "../applied-state";
import { Claim, Claims } from "../claims";
import { outputValue } from "../output-value";
import { warnUnlessProven } from "../unproven";
import { endpointName, Gateway, gatewayPolicies, type GatewayPolicy } from "./gateway";

/** The slice of a policy that limits the workers: `policy.workers`. */
export type WorkerEgressOnlyProps = WorkersPolicy;

/**
 * Internal workers: nothing reaches them (WORK-1), and they reach AI and payment APIs only (WORK-2).
 *
 * The deploy fails unless every worker is of a type without inbound. Cloudflare Gateway holds the outbound traffic where the
 * environment has it; elsewhere WORK-2 is only declared. Gateway is cooperative: Render has no egress firewall, so nothing
 * stops a worker that ignores `HTTPS_PROXY`, and the client chooses the TLS server name that Gateway compares.
 *
 * The environment's own datastores are reached past the proxy, and stand in the output beside the hosts.
 *
 * It needs a null provider in the stack, with Gateway also a Cloudflare provider, and creates none.
 */
export class WorkerEgressOnly extends Construct {
  /**
   * @throws {InvalidInput} naming every problem with the props, or every worker, Gateway name, precedence and source address
   * that another construct of the app owns
   */
  public constructor(scope: Construct, id: string, props: WorkerEgressOnlyProps) {
    super(scope, id);
    InvalidInput.throwIfAny(this.node.path, workersPolicyProblems(props));
    const { name, zone, workers = [], workerEgress } = props;
    const hosts = hostsOf(props);
    const source = gatewayAddresses(props);
    const held = workerEgress !== undefined && source !== undefined;
    const policies = held ? gatewayPolicies(name, workerEgress, source, hosts) : [];
    warnUnlessProven(this);
    Claims.of(this).take(this, [
      ...workers.map(({ service }) => Claim.renderService(service)),
      ...(held ? gatewayClaims(zone.account, name, source, policies) : []),
    ]);

    for (const { service, type } of workers) {
      new AppliedState(this, service, {
        kind: ApplierKind.RENDER_SERVICE_TYPE,
        target: service,
        desiredState: { serviceId: service, type },
      });
    }
    if (held) new Gateway(this, "Gateway", { environment: name, account: zone.account, source, policies });
    if (workers.length > 0) this.say(props, hosts, held ? Strength.ASSERTED : Strength.DECLARED);
  }

  /** Tells the operator and the auditor which hosts the workers may reach, and the strength of that limit. */
  private say({ name, datastores = [] }: WorkersPolicy, hosts: readonly string[], strength: Strength): void {
    new TerraformOutput(this, "Egress", {
      description: "WORK-2: what the environment's workers may reach, and how far that is held",
      value: outputValue({ strength, hosts, datastores: datastores.map(nameOf) }),
    }).overrideLogicalId("worker_egress");
    if (strength === Strength.ASSERTED) return;
    const reach = hosts.join(", ") || "nothing";
    Annotations.of(this).addWarning(`WORK-2 of ${name} is only declared: its workers should reach ${reach} on 443`);
  }
}

function hostsOf({ workers = [] }: WorkersPolicy): readonly string[] {
  const hosts = workers.flatMap(({ reaches }) => reaches.flatMap((vendor) => vendor.hosts));
  return [...new Set(hosts)].sort();
}

function gatewayClaims(
  account: string,
  environment: string,
  { addresses }: DedicatedAddresses,
  policies: readonly GatewayPolicy[],
): readonly Claim[] {
  return [
    Claim.gatewayName(account, endpointName(environment)),
    ...policies.map(({ name }) => Claim.gatewayName(account, name)),
    ...policies.map(({ precedence }) => Claim.gatewayPrecedence(account, precedence)),
    ...addresses.map((address) => Claim.gatewaySource(account, address)),
  ];
}
