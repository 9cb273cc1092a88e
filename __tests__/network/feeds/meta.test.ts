import { META } from "../../../network/feeds/meta";
import { SpecialAddresses } from "../../../network/special-addresses";

describe("Meta's official ranges", () => {
  test("are 25 IPv4 and 2 IPv6 prefixes", () => {
    expect(String(META.addresses)).toBe("meta (25 IPv4 + 2 IPv6 prefixes)");
  });

  test("fit into one rule of 4,096 characters", () => {
    expect(META.addresses.cidrs().join(" ").length).toBeLessThan(500);
  });

  test("say where they come from and how old they are", () => {
    expect(META.provenance.asn).toBe(32934);
    expect(META.provenance.compiled).toBe("2026-11-24");
    expect(META.provenance.sources.map(({ path }) => path)).toEqual(Array(3).fill("as/32934/aggregated.json"));
  });

  test.each([
    ["the first address of 31.13.24.0/21", "31.13.24.0"],
    ["the last address of 31.13.24.0/21", "31.13.31.255"],
    ["the last address of the four blocks from 57.141.0.0", "57.141.24.255"],
    ["IPv6", "2a03:2880::1"],
  ])("hold %s", (_, address) => {
    expect(META.addresses.contains(address)).toBe(true);
  });

  test.each([
    ["the address before 31.13.24.0/21", "31.13.23.255"],
    ["the address after 31.13.24.0/21", "31.13.32.0"],
    ["the unannounced rest of 57.141.0.0/16", "57.141.25.0"],
    ["the unannounced half of 129.134.0.0/16", "129.134.128.0"],
    ["an example address", "203.0.113.1"],
  ])("don't hold %s", (_, address) => {
    expect(META.addresses.contains(address)).toBe(false);
  });

  test("hold nothing that can't come from the internet", () => {
    expect(META.addresses.overlaps(SpecialAddresses.NOT_PUBLIC)).toBe(false);
  });
});
