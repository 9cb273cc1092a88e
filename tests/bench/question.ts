import { AddressSet } from "../../network/address-set";
import { EdgePhase } from "../../policy/edge-phase";
import { CloudflarePlan } from "../../policy/cloudflare-plan";
import { Origin } from "../../policy/origin";
import { Policy } from "../../policy/policy";
import { Webhook } from "../../policy/webhook";
import { Zone } from "../../policy/zone";
import { zonesOf } from "../../verification/edge/zone";
import { Model } from "../../verification/terraform/model";
import { nobodyElse } from "../../verification/statements/hook-1";
import { cpuTime } from "./cpu-time";

/** HOOK-1 over a guard with a list of this many CIDRs, in a process of its own: the first time, and then again. */
const COUNT = 3_000;
const ROUNDS = 4;
const ID = "1".repeat(32);

/** Blocks that don't touch, of both families. */
const blocks = Array.from({ length: COUNT }, (_, index) =>
  index % 2 === 0
    ? `${11 + (index >> 9)}.${(index >> 1) & 255}.${(index & 1) << 7}.0/25`
    : `2001:db8:${index.toString(16)}::/48`,
);
const senders = AddressSet.of("senders", blocks).cidrs();
const policy = Policy.of("shop", {
  zone: Zone.of("example.com", { id: ID, account: ID, plan: CloudflarePlan.PRO }),
  hosts: { "shop.example.com": Origin.render("srv-example0bench0000", "bench.onrender.com") },
  webhooks: [Webhook.from("/hooks/bench", "bench", blocks)],
});
const guard = {
  ref: "guard",
  action: "block",
  expression: 'lower(url_decode(http.request.uri.path, "r")) contains "/hooks/bench" and not ip.src in $senders',
};
const json = {
  resource: {
    cloudflare_list: { s: { account_id: ID, name: "senders", kind: "ip", items: senders.map((ip) => ({ ip })) } },
    cloudflare_ruleset: { r: { kind: "zone", zone_id: ID, phase: EdgePhase.CUSTOM, rules: [guard] } },
    cloudflare_url_normalization_settings: { n: { zone_id: ID, scope: "both", type: "cloudflare" } },
  },
};

function ask(): void {
  const [zone] = zonesOf(Model.of([{ name: "shop", json }]));
  const proof = zone === undefined ? undefined : nobodyElse(zone, policy.edge);
  if (proof?.kind !== "proven") throw new Error(`the question should be proven: ${JSON.stringify(proof)}`);
}

console.log(JSON.stringify({ questions: senders.length, cpu: Array.from({ length: ROUNDS }, () => cpuTime(ask)) }));
