import { environments } from "../../environments";
import { exampleValues } from "../../policy/example-values";
import { Policy } from "../../policy/policy";
import { Webhook } from "../../policy/webhook";
import { anEnvironment } from "../support/environments";
import { withRealValues } from "../../rehearsal/rehearsal-values";

describe("an environment with every example value replaced", () => {
  test.each(environments)("holds none any more: $name", (environment) => {
    expect(exampleValues(environment)).not.toEqual([]);
    expect(exampleValues(withRealValues(environment))).toEqual([]);
  });

  test("has no documentation address any more", () => {
    const addresses = ["192.0.2.1", "198.51.100.0/24", "203.0.113.1-203.0.113.9", "2001:db8::/48"];
    const environment = anEnvironment({ webhooks: [Webhook.from("/webhooks/billing", "billing", addresses)] });
    expect(exampleValues(environment)).toHaveLength(addresses.length);
    expect(exampleValues(withRealValues(environment))).toEqual([]);
  });

  test("is accepted together with the others", () => {
    expect(Policy.across(environments.map(withRealValues))).toHaveLength(environments.length);
  });

  test("is unchanged where it has none", () => {
    expect(withRealValues(anEnvironment())).toEqual(anEnvironment());
  });
});
