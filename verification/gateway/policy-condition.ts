import type { GatewayPolicy } from "./account";
import { type Condition, conditionOf, type Unknown } from "./language/condition";

/** When a policy applies: its traffic, as far as nothing else restricts it. */
export function conditionOfPolicy({ resource, stack, traffic, provisos, doubts }: GatewayPolicy): Condition {
  const policy = `${resource.address} in ${stack}`;
  const hidden = (text: string): Unknown => ({ kind: "unknown", text, isHidden: true });
  const matched = traffic === undefined ? hidden(`the traffic of ${policy}`) : conditionOf(traffic);
  const others = [
    ...provisos.map((text): Unknown => ({ kind: "unknown", text: `what ${policy} asks for: ${text}` })),
    ...doubts.map((text) => hidden(`whether ${policy} applies: ${text}`)),
  ];
  return others.length === 0 ? matched : { kind: "all", parts: [matched, ...others] };
}
