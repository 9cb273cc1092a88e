import { AddressPlacement } from "../../../../policy/edge-options";
import { EdgePhase } from "../../../../policy/edge-phase";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import type { Environment } from "../../../../policy/environment";
import { Origin } from "../../../../policy/origin";
import { Webhook } from "../../../../policy/webhook";
import { diffReport, exitCodeOf } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import type { Change } from "../../../support/proof-scenes";
import { appOf, rules, SHOP, SMALL_SHOP } from "./apps";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a reviewer sees first of a pull request, and how the command ends. */
function reviewed(others: Partial<Environment>, change?: Change, base: Partial<Environment> = {}) {
  const shop = { ...SHOP, ...base };
  const { workerEgress, ...rest } = { ...shop, ...others };
  const after = "plan" in others || others === SMALL_SHOP ? rest : { ...rest, ...(workerEgress && { workerEgress }) };
  const report = diffReport({ before: appOf([shop]), after: appOf([after], change) });
  const [line = ""] = DIFF_FORMATS.markdown(report, { columns: 80, hasColour: false }).split("\n");
  const title = line.replaceAll("`", "").replaceAll("**", "");
  expect(DOCUMENT).toContain(title);
  return { title, code: exitCodeOf(report) };
}

const DOCUMENT = readFileSync(join(__dirname, "..", "..", "..", "..", "docs", "diff.md"), "utf8");

const PARTNER = {
  ...{ phase: EdgePhase.CUSTOM, ref: "partner", description: "a partner is never stopped" },
  ...{ expression: "ip.src in {192.0.2.0/24}", action: "skip", actionParameters: { ruleset: "current" } },
} as const;

describe("the first line of a pull request says what matters:", () => {
  test("a refactoring changes no behaviour", () => {
    expect(reviewed({ edge: { addresses: AddressPlacement.LIST } })).toEqual({
      title: "NO CHANGE in behaviour: proven for every request and connection",
      code: 0,
    });
  });

  test("a wider address promises less", () => {
    expect(
      reviewed({ egress: EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10", "203.0.113.11", "203.0.113.12"]) }),
    ).toEqual({
      title: "POLICY WEAKENED in shop: its egress has 203.0.113.12 more",
      code: 1,
    });
  });

  test("a new webhook closes a path to anyone but its sender", () => {
    const webhooks = [...(SHOP.webhooks ?? []), Webhook.meta("/hooks/leads")];
    expect(reviewed({ webhooks })).toEqual({
      title:
        "CLOSED in shop: anyone but meta → paths containing /hooks/leads " +
        "but not containing /hooks/billing or containing /webhooks/meta on 443: origin → block (403)",
      code: 0,
    });
  });

  test("a new host opens a way to an origin", () => {
    const hosts = { ...SHOP.hosts, "new.shop.dev": Origin.render("srv-a0ffee0c0ffee0c0ffee", "new.onrender.com") };
    expect(reviewed({ hosts })).toEqual({
      title:
        "OPENED in shop: anyone → host new.shop.dev, " +
        "paths other than those containing /hooks/billing or containing /webhooks/meta on 443: " +
        "not served → origin new.onrender.com",
      code: 1,
    });
  });

  test("a rule that comes before the guards opens what they close", () => {
    const first = rules(EdgePhase.CUSTOM, (all) => [...all.slice(-1), ...all.slice(0, -1)]);
    const edge = { otherRules: [PARTNER] };
    expect(reviewed({}, first, { edge })).toEqual({
      title: "NOT PROVEN in shop: PORTS-1 is violated: Only 443 and 80 are open to the public.",
      code: 1,
    });
  });

  test("a method that is blocked is closed to anyone", () => {
    const block = { ref: "no_delete", description: "", expression: 'http.request.method eq "DELETE"', action: "block" };
    const first = rules(EdgePhase.CUSTOM, (all) => [block, ...all]);
    expect(reviewed({}, first, { webhooks: [Webhook.meta("/webhooks/meta")] })).toEqual({
      title:
        "CLOSED in shop: anyone → DELETE paths other than those containing /webhooks/meta on 443: origin → block (403)",
      code: 0,
    });
  });

  test("a smaller plan lowers what it can't hold", () => {
    expect(reviewed(SMALL_SHOP)).toEqual({
      title: "POLICY WEAKENED in shop: WORK-2 is only declared: the Gateway needs a plan that costs more than it saves",
      code: 1,
    });
  });
});
