import Ajv2020 from "ajv/dist/2020";
import { environments } from "../../environments";
import { Accept } from "../../policy/accept";
import { type Environment, policySchema } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import published from "../../policy/policy.schema.json";
import { STATEMENT_IDS, STATEMENTS, Strength } from "../../policy/statements";
import { Webhook } from "../../policy/webhook";
import { aGuest, anEnvironment } from "../support/environments";

const validate = new Ajv2020().compile(published);
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("the statements", () => {
  test("are fifteen, each with its sentence and the plan's own", () => {
    expect(STATEMENT_IDS).toHaveLength(15);
    for (const { sentence, plan } of Object.values(STATEMENTS)) {
      expect(sentence).toMatch(/^\w.*\.$/);
      expect(plan.length).toBeGreaterThan(40);
    }
  });

  test("are required to be enforced or asserted, never only declared", () => {
    expect(STATEMENT_IDS.filter((id) => STATEMENTS[id].required === (Strength.DECLARED as Strength))).toEqual([]);
  });
});

describe("a policy", () => {
  test("keeps the environments in their order", () => {
    const policies = Policy.across([aGuest("dev", "shop"), anEnvironment()]);
    expect(policies.map(({ name }) => name)).toEqual(["dev", "shop"]);
  });

  test("gives the zone's edge to its owner, with the owner first among the tenants", () => {
    const [dev, shop] = Policy.across([aGuest("dev", "shop"), anEnvironment()]);
    expect(shop?.edge.tenants.map(({ name }) => name)).toEqual(["shop", "dev"]);
    expect(dev?.ownsZone).toBe(false);
    expect(dev?.edgeOwner).toBe("shop");
  });

  test("fails when a guest is asked for the edge, and says whose policy has it", () => {
    const [dev] = Policy.across([aGuest("dev", "shop"), anEnvironment()]);
    expect(() => dev?.edge).toThrow('the edge of "dev" is part of the policy of "shop"');
  });

  test("can be made of a single environment", () => {
    const { name, ...promise } = anEnvironment();
    expect(Policy.of(name, promise).edge.tenants.map((tenant) => tenant.name)).toEqual(["shop"]);
  });

  test("is JSON that its published schema accepts", () => {
    const [policy] = Policy.across([anEnvironment({ accept: [Accept.declared("WEB-1", "there is no origin yet")] })]);
    validate(json(policy));
    expect(validate.errors).toBeNull();
  });

  test.each([
    ["an unknown key", { extra: 1 }],
    ["a bad webhook path", { webhooks: [{ path: "/A", sender: { name: "a", addresses: ["8.8.8.8"] } }] }],
    ["a host with a port", { hosts: { "app.shop.dev:443": {} } }],
    ["no zone", { zone: undefined }],
  ])("is refused by its published schema with %s", (_what, overrides) => {
    expect(validate(json({ ...anEnvironment(), ...overrides }))).toBe(false);
  });

  test("has the published schema that its code describes", () => {
    expect(published).toEqual(json(policySchema()));
  });
});

describe("example values", () => {
  const examples = (environment: Environment) => Policy.across([environment])[0]?.exampleValues;

  test("are found in every shipped environment", () => {
    const [dev, staging, production] = Policy.across(environments);
    for (const policy of [dev, staging, production]) expect(policy?.exampleValues.length).toBeGreaterThan(5);
    expect(production?.exampleValues).toEqual(
      expect.arrayContaining([
        "zone.name (example.com)",
        "zone.id (11111111111111111111111111111111)",
        'hosts["app.example.com"] (app.example.com)',
        'hosts["app.example.com"].address (example-production.onrender.com)',
        "egress.addresses[0] (203.0.113.10)",
        "datastores[0].project (exampleproductiondbx)",
        "workerEgress.source.set (egs-example0workers00000)",
        "repositories[0].name (example/api)",
        "repositories[0].gate.terraformApp (9999999999)",
        "repositories[0].pentest.publicApi[0] (https://app.example.com/api)",
      ]),
    );
  });

  test("are none in an environment of real values", () => {
    expect(examples(anEnvironment())).toEqual([]);
  });

  test.each([
    ["a documentation address", { webhooks: [Webhook.from("/hook", "billing", ["8.8.8.8", "203.0.113.9"])] }],
    ["a block that holds documentation addresses", { webhooks: [Webhook.from("/hook", "billing", ["2001::/16"])] }],
  ])("are found in %s", (_what, overrides) => {
    expect(examples(anEnvironment(overrides))).toHaveLength(1);
  });
});
