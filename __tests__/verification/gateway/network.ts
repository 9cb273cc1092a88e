import { type Gateway, gatewayOf } from "../../../verification/gateway/account";
import { Model } from "../../../verification/terraform/model";
import { ACCOUNT_ID } from "../../support/environments";

/** Network policies in their order: the action of each, its traffic, and its other members. */
export function network(
  ...policies: readonly (readonly [action: string, traffic: string, more?: object])[]
): Gateway["network"] {
  const resources = policies.map(([action, traffic, more], index) => {
    const common = { account_id: ACCOUNT_ID, enabled: true, filters: ["l4"], precedence: index + 1 };
    return [`p${index}`, { ...common, name: `p${index}`, action, traffic, ...more }];
  });
  const json = { resource: { cloudflare_zero_trust_gateway_policy: Object.fromEntries(resources) as object } };
  return gatewayOf(Model.of([{ name: "shop", json }]), ACCOUNT_ID).network;
}
