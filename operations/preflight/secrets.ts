import { EdgePart } from "../../policy/edge-options";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import { failure, type Finding } from "../inventory/finding";
import type { Subject } from "./subject";

/** What an edge secret looks like: a header carries it unchanged. */
const EDGE_SECRET = /^[!-~]{32,}$/;

/** The secrets that Terraform takes from the environment of its process. Only whether they are there is said. */
export function terraformSecrets({ environment, tenancy, variables }: Subject): readonly Finding[] {
  const isLeft = tenancy?.owner.edge?.leave?.includes(EdgePart.ORIGIN_SECRET) === true;
  const tenants = isLeft ? [] : (tenancy?.tenants ?? []);
  const written = (environment.repositories ?? []).filter(({ snyk }) => snyk?.writeToken === true);
  const tokens = new Set(written.map(({ snyk }) => (snyk?.tokenSecret ?? SNYK_DEFAULTS.tokenSecret).toLowerCase()));
  return [
    ...tenants.flatMap(({ name }) => {
      const variable = `TF_VAR_edge_secret_${name.replaceAll("-", "_")}`;
      const todo = "set it to the secret that the origin knows, for example the output of: openssl rand -hex 32";
      if (EDGE_SECRET.test(variables[variable] ?? "")) return [];
      return [failure(`secret/${variable}`, { what: `${variable} isn't 32 or more visible ASCII characters`, todo })];
    }),
    ...[...tokens].flatMap((name) => {
      const variable = `TF_VAR_${name}`;
      if ((variables[variable] ?? "") !== "") return [];
      return [failure(`secret/${variable}`, { what: `${variable} isn't set`, todo: "set it to the Snyk token" })];
    }),
  ];
}
