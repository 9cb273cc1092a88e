import type { EdgePolicy } from "../../../policy/edge-policy";

/** The hosts that the policy declares, in its order. */
export function declaredHosts({ tenants }: EdgePolicy): readonly string[] {
  return tenants.flatMap(({ hosts }) => Object.keys(hosts));
}
