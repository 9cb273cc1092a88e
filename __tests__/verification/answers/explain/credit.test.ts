import { Webhook } from "../../../../policy/webhook";
import { explainRequest } from "../../../../verification/answers/explain/explain";
import { aGuest, anEnvironment } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { appOf, asked, stepOf, withRules } from "./app";

const CUSTOM = "http_request_firewall_custom";
const BILLING = Webhook.from("/hooks/billing", "billing", ["198.51.100.0/25"]);
const SHARED = [
  anEnvironment({ webhooks: [BILLING] }),
  aGuest("lab", "shop"),
  aGuest("bare", "shop", { webhooks: [] }),
] as const;
const shared = (url: string, change?: Change) => explainRequest(appOf(change, SHARED), { url, from: "8.8.8.8" });
const idsOf = (explanation: ReturnType<typeof asked>) => explanation.decidedBy?.statements.map(({ id }) => id);

describe("another team's rule is credited with no statement", () => {
  test("though its description begins with the id of one", () => {
    const rule = { ref: "theirs", description: "HOOK-1: not really", expression: "true", action: "block" };
    const explanation = asked({}, withRules(CUSTOM, rule));
    expect(explanation.decidedBy?.rule.ref).toBe("theirs");
    expect(idsOf(explanation)).toEqual([]);
    expect(stepOf(explanation, "theirs").statements).toEqual([]);
  });

  test("though it decides what one asks for", () => {
    const explanation = asked({}, withRules(CUSTOM, { ref: "theirs", expression: "true", action: "block" }));
    expect(explanation.decidedBy?.rule.ref).toBe("theirs");
    expect(idsOf(explanation)).toEqual([]);
    expect(stepOf(explanation, "edge_hook_1_only_meta").statements).toEqual(["HOOK-1"]);
  });
});

describe("a rule of a shared zone is credited with the statements of the environment that it is for", () => {
  test("so the guard of another environment's webhook holds nothing of this one", () => {
    const explanation = shared("https://lab.shop.dev/hooks/billing");
    expect(explanation.environment).toBe("lab");
    expect(explanation.decidedBy?.rule.ref).toBe("edge_hook_1_only_billing");
    expect(idsOf(explanation)).toEqual([]);
    expect(stepOf(explanation, "edge_hook_1_only_meta").statements).toEqual(["HOOK-1"]);
    expect(stepOf(explanation, "edge_web_1_secret_shop").statements).toEqual([]);
    expect(stepOf(explanation, "edge_web_1_secret_lab").statements).toEqual(["WEB-1"]);
  });

  test("so an environment without a webhook names no HOOK-1", () => {
    const explanation = shared("https://bare.shop.dev/webhooks/meta");
    expect(explanation.decidedBy?.rule.ref).toBe("edge_hook_1_only_meta");
    expect(idsOf(explanation)).toEqual([]);
  });

  test("so its own guard is named, and what holds for the whole zone", () => {
    expect(idsOf(shared("https://lab.shop.dev/webhooks/meta"))).toEqual(["HOOK-1"]);
    expect(idsOf(shared("https://app.shop.dev/hooks/billing"))).toEqual(["HOOK-1"]);
    expect(idsOf(shared("https://bare.shop.dev:8443/"))).toEqual(["PORTS-1", "PORTS-2"]);
    expect(idsOf(shared("http://bare.shop.dev/"))).toEqual(["PORTS-2"]);
  });
});
