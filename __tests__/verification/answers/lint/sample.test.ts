import sample from "../../../fixtures/cloudflare-resources.tf.json";
import { lint } from "../../../support/lint";

const found = lint(sample).map(({ rule, pointer }) => [rule, pointer]);

describe("of the sample's nine seeded mistakes, seven are found without judging a request", () => {
  test.each([
    ["the webhook rule's escaped list", "escaped-interpolation", "cloudflare_ruleset/custom/rules/1/expression"],
    ["the skip rule's escaped list", "escaped-interpolation", "cloudflare_ruleset/custom/rules/2/expression"],
    ["the Gateway policy's escaped list", "escaped-interpolation", "cloudflare_zero_trust_gateway_policy/gp/traffic"],
    ["the lost number", "lost-value", "cloudflare_zone_setting/ttl/value"],
    ["the lost list", "lost-value", "cloudflare_zone_setting/ciphers/value"],
    ["the lost origin port", "lost-value", "cloudflare_spectrum_application/spec2/origin_port"],
    ["the open Postgres port", "spectrum-port", "cloudflare_spectrum_application/spec"],
  ])("%s", (_mistake, rule, place) => {
    expect(found).toContainEqual([rule, `/resource/${place}`]);
  });
});

test("besides them only the second Spectrum application and the zone lockdown are found", () => {
  expect(found).toHaveLength(7 + 2);
  expect(found).toContainEqual(["spectrum-port", "/resource/cloudflare_spectrum_application/spec2"]);
  expect(found).toContainEqual(["lockdown", "/resource/cloudflare_zone_lockdown/zlk"]);
});
