import type { StatementId } from "../../../policy/statements";
import { NULL } from "../appliers";
import type { JsonTree } from "../folder";
import { type Body, bodyKind, type Kind } from "../kind";
import { FILE, SCANS, SNYK } from "../written-files";

/** A kind that drops a dependency of a resource. */
const hasty = (
  name: string,
  type: string,
  breaks: (resource: Body) => readonly StatementId[],
  needed: (address: string, resource: Body) => boolean = () => true,
): Kind =>
  bodyKind(name, type, (resource) => {
    const { depends_on: dependencies = [] } = resource.body;
    const broken = breaks(resource);
    if (broken.length === 0) return [];
    return (dependencies as readonly string[])
      .filter((address) => needed(address, resource))
      .map((address) => ({
        ...{ what: address, breaks: broken },
        change: (body) =>
          void (body["depends_on"] = (body["depends_on"] as string[]).filter((each) => each !== address)),
      }));
  });

const kindOf = ({ body }: Body): unknown => ((body["triggers"] ?? {}) as JsonTree)["kind"];

function domainsOf({ body }: Body): readonly string[] {
  const { desired_state: state } = body["triggers"] as JsonTree;
  return (JSON.parse(String(state)) as { readonly customDomains: readonly string[] }).customDomains;
}

export const ORDER_KINDS: readonly Kind[] = [
  hasty("open a database before its addresses are checked", NULL, (applier) =>
    kindOf(applier) === "supabase-network-restrictions" ? ["DB-1"] : [],
  ),
  hasty(
    "switch the onrender.com name off before the record",
    NULL,
    (applier) => (kindOf(applier) === "render-web-service-subdomain" ? ["WEB-1"] : []),
    // The resource of a record bears the name of its host, without the dots.
    (address, applier) => domainsOf(applier).some((host) => address.includes(host.replaceAll(".", ""))),
  ),
  // Without the policy that allows, nobody reaches more.
  hasty(
    "open the proxy before the Gateway blocks",
    "cloudflare_zero_trust_gateway_proxy_endpoint",
    () => ["WORK-2"],
    (address) => address.includes("block"),
  ),
  hasty("switch security updates on before the alerts", "github_repository_dependabot_security_updates", () => [
    "SCAN-2",
  ]),
  hasty("require the check before the workflow", "github_repository_ruleset", () => ["SCAN-1"]),
  hasty("write the Snyk workflow before its programs", FILE, ({ body }) =>
    body["file"] === SNYK ? SCANS.slice(0, 1) : [],
  ),
];
