import { asRulesSee, type EdgeRequest } from "../../../../verification/edge/evaluate/edge-request";
import { matches } from "../../../../verification/edge/evaluate/trace";
import type { EdgeZone, ZoneRule } from "../../../../verification/edge/zone";
import { https } from "../../../support/edge-requests";

const zone: EdgeZone = { id: "z", phases: new Map(), normalised: true, lists: new Map() };
const rule: ZoneRule = {
  ...{ stack: "shop", pointer: "/", ref: "r", expression: 'http.user_agent contains "curl"', isConditionKnown: true },
  ...{ action: "block", parameters: {}, areParametersKnown: true, others: {} },
};
const sent = (headers?: EdgeRequest["headers"]): EdgeRequest => ({
  ...https("app.example.com", "/", "192.0.2.1"),
  ...(headers === undefined ? {} : { headers }),
});
const verdict = (headers?: EdgeRequest["headers"], of = rule) => matches(of, asRulesSee(sent(headers), true), zone);

describe("a field that repeats a header", () => {
  test("has the header's value where the request gives one", () => {
    expect(verdict({ "user-agent": ["curl/8"] }).value).toBe(true);
    expect(verdict({ "user-agent": ["Mozilla/5.0"] }).value).toBe(false);
    expect(asRulesSee(sent({ cookie: ["a=b"], referer: ["https://x.example/"] }), true).get("http.cookie")).toBe("a=b");
  });

  test("is unknown where the request gives none, or two", () => {
    expect(verdict().reasons).toEqual(["the value of http.user_agent is not known"]);
    expect(verdict({ "user-agent": ["curl/8", "curl/9"] }).isUndecided).toBe(true);
  });
});

describe("a condition", () => {
  test("is undecided where only the apply knows it, or nobody can read it", () => {
    expect(verdict({}, { ...rule, isConditionKnown: false }).isUndecided).toBe(true);
    expect(verdict({}, { ...rule, expression: "no.such.field" }).isUndecided).toBe(true);
  });
});
