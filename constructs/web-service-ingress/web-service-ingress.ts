import { Annotations, type ITerraformDependable, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { InvalidInput } from "../../errors/invalid-input";
import { AddressSet } from "../../network/address-set";
import { HostNotation } from "../../network/host-notation";
import { type IngressPolicy, ingressPolicyProblems } from "../../policy/slices";
import type { RenderAllowList } from "../../policy/web-ingress";
import { AppliedState, type AppliedStateProps, ApplierKind } from "../applied-state";
import { Claim, Claims } from "../claims";
import { warnUnlessProven } from "../unproven";

/** The slice of a policy that says how the web services may be reached: `policy.ingress`. */
export interface WebServiceIngressProps extends IngressPolicy {
  /**
   * The DNS records of the hosts: `edge.records`. The onrender.com name goes off after them, and an allow list is in force
   * after that.
   *
   * @default - none: the records are in a stack that is deployed before, or managed elsewhere
   */
  readonly after?: readonly ITerraformDependable[];
}

/**
 * The names by which an environment's web services can be reached: its hosts, and no longer onrender.com. Part of WEB-1.
 *
 * A service's onrender.com name leads past the edge. The deploy turns it off once Render has verified exactly the
 * environment's hosts as the service's custom domains. Until then the deploy waits, and fails at its deadline.
 *
 * That closes one name. Render's edge is shared, so a client can still ask it for a public host directly. The application
 * refuses such a request, since the edge's secret is missing. With an allow list in the policy (Render's Enterprise plan),
 * Render itself refuses other addresses.
 *
 * It needs a null provider in the stack and creates none. When it is destroyed, the name stays off.
 */
export class WebServiceIngress extends Construct {
  /**
   * @throws {InvalidInput} naming every problem with the props, or every service that another construct of the app owns
   */
  public constructor(scope: Construct, id: string, { after = [], ...props }: WebServiceIngressProps) {
    super(scope, id);
    InvalidInput.throwIfAny(this.node.path, ingressPolicyProblems(props));
    const { name, ingress } = props;
    const services = hostsByService(props);
    warnUnlessProven(this);
    Claims.of(this).take(
      this,
      services.map(([service]) => Claim.renderService(service)),
    );
    for (const [service, customDomains] of services) {
      const subdomain = new AppliedState(this, service, {
        kind: ApplierKind.RENDER_WEB_SERVICE_SUBDOMAIN,
        target: service,
        desiredState: { serviceId: service, renderSubdomainPolicy: "disabled", customDomains },
        dependsOn: after,
      });
      if (ingress === undefined) continue;
      // One change of a service at a time, and the one that every plan has first.
      const dependsOn = [...after, subdomain.resource];
      new AppliedState(this, `${service}-AllowList`, { ...allowListState(name, service, ingress), dependsOn });
    }
    if (ingress !== undefined) {
      Annotations.of(this).addWarning(`WEB-1 of ${name}: Render admits listed addresses only: ${ingress.reason}`);
    }
    this.node.addValidation({ validate: () => forgotten(this, Object.keys(props.hosts), after) });
  }
}

/** Every service behind the hosts, with its hosts. */
function hostsByService({ hosts }: IngressPolicy): readonly (readonly [string, readonly string[]])[] {
  const services = [...new Set(Object.values(hosts).map(({ service }) => service))].sort();
  const hostsOf = (service: string) => Object.keys(hosts).filter((host) => hosts[host]?.service === service);
  return services.map((service) => [service, hostsOf(service).sort()]);
}

/** The hosts' records that are in the same stack and don't come first. */
function forgotten(scope: Construct, hosts: readonly string[], after: readonly ITerraformDependable[]): string[] {
  const first = after.map(({ fqn }) => fqn);
  return TerraformStack.of(scope)
    .node.findAll()
    .filter(TerraformResource.isTerraformResource)
    .filter(({ terraformResourceType: type }) => type === "cloudflare_dns_record")
    .filter(
      (record) => hosts.includes(String((record as { nameInput?: string }).nameInput)) && !first.includes(record.fqn),
    )
    .map(({ node }) => `${scope.node.path} would turn onrender.com off before ${node.path}; pass after: edge.records`);
}

/**
 * The state in which a web service admits exactly these addresses, as the fewest blocks that hold them.
 *
 * @see https://render.com/docs/inbound-ip-rules
 */
function allowListState(environment: string, service: string, { addresses }: RenderAllowList): AppliedStateProps {
  const description = `ingress of ${environment}`;
  const blocks = AddressSet.of(description, addresses).cidrs(HostNotation.RENDER);
  return {
    kind: ApplierKind.RENDER_WEB_SERVICE_ALLOW_LIST,
    target: service,
    desiredState: { serviceId: service, ipAllowList: blocks.map((cidrBlock) => ({ cidrBlock, description })) },
  };
}
