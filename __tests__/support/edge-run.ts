import { edgeSecretVariable } from "../../constructs/edge-firewall/edge-secret";
import type { Environment } from "../../policy/environment";
import type { CloudflareStandIn, RecordedRequest } from "./cloudflare-stand-in";
import type { ZoneFacts } from "./cloudflare/estate";
import type { Terraform } from "./terraform";
import type { Workspace } from "./workspace";

/** The zones that a stand-in has to know for these environments. */
export function zonesOf(environments: readonly Environment[]): readonly ZoneFacts[] {
  return environments.flatMap(({ zone }) => (zone.kind === "owned" ? [zone] : []));
}

/** Terraform in an environment's stack, talking to the stand-in; `secrets` are the edge secrets by environment. */
export function edgeTerraform(
  workspace: Workspace,
  standIn: CloudflareStandIn,
  { name }: Pick<Environment, "name">,
  secrets: Readonly<Record<string, string>>,
): Terraform {
  const variables = Object.entries(secrets).map(([tenant, secret]) => [`TF_VAR_${edgeSecretVariable(tenant)}`, secret]);
  return workspace.terraform(name, { ...standIn.environment, ...Object.fromEntries(variables) });
}

/** A write as its method and the kind of object: `PUT rulesets`, `POST dns_records`, `PUT list items`. */
export function shortForm({ method, path }: RecordedRequest): string {
  const [, , ...rest] = path.split("/");
  if (rest[0] !== "rules") return `${method} ${rest[0] ?? ""}`;
  return `${method} ${rest.includes("items") ? "list items" : "lists"}`;
}
