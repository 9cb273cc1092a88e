/** A Gateway network policy, as the Terraform JSON of one stack describes it. */
export interface GatewayRule {
  readonly name: string;
  readonly action: string;
  readonly precedence: number;
  readonly traffic: string;
}

type Attributes = Readonly<Record<string, unknown>>;

/** The enabled network policies of an account, in the order in which they are asked. */
export function gatewayRulesOf(
  json: { readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>> },
  account: string,
): readonly GatewayRule[] {
  return Object.values(json.resource?.["cloudflare_zero_trust_gateway_policy"] ?? {})
    .filter((policy) => policy["account_id"] === account)
    .filter(({ enabled, filters }) => enabled === true && JSON.stringify(filters) === '["l4"]')
    .map(({ name, action, precedence, traffic }) => ({
      name: String(name),
      action: String(action),
      precedence: Number(precedence),
      traffic: String(traffic),
    }))
    .sort((one, other) => one.precedence - other.precedence);
}
