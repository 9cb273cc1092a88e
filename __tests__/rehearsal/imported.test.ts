import { createdBy } from "../../rehearsal/imported";
import type { Call } from "../../rehearsal/server";

const ID = "f".repeat(32);
const said = (address: string): string => `Error: it failed\n\n│   with ${address},\n│   on cdk.tf.json line 1:\n`;
const call = (path: string, body: object, method = "POST"): Call => ({
  ...{ method, path, body: {}, at: 0 },
  answer: { status: 201, body },
});

test.each([
  ["zones/z1/rulesets", { result: { id: ID } }, `zones/z1/${ID}`],
  ["zones/z1/dns_records", { result: { id: ID } }, `z1/${ID}`],
  ["accounts/a1/rules/lists", { result: { id: ID } }, `a1/${ID}`],
  ["accounts/a1/gateway/rules", { result: { id: ID } }, `a1/${ID}`],
  ["repos/acme/api/rulesets", { id: 1_001 }, "api:1001"],
])("a thing that a POST to %s created is imported by its provider's name for it", (path, body, id) => {
  expect(createdBy(call(path, body), said("a_type.a-Name_1"))).toEqual({ address: "a_type.a-Name_1", id });
});

test.each([
  ["a write that creates nothing", call("zones/z1/rulesets", { result: { id: ID } }, "PUT"), said("a.b")],
  [
    "a write that took no effect",
    { ...call("zones/z1/rulesets", {}), answer: undefined } as unknown as Call,
    said("a.b"),
  ],
  ["a refusal", call("zones/z1/rulesets", { result: null }), said("a.b")],
  ["a thing of a kind that needs none", call("repos/acme/api/labels", { id: 1 }), said("a.b")],
  ["an error that names no resource", call("zones/z1/rulesets", { result: { id: ID } }), "Error: no provider"],
])("nothing is imported for %s", (_what, write, text) => {
  expect(createdBy(write, text)).toBeUndefined();
});
