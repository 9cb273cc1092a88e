import { META } from "../../../network/feeds/meta";
import { SpecialAddresses } from "../../../network/special-addresses";

describe("Meta's official ranges", () => {
  test("are prefixes of both families", () => {
    expect([META.addresses.ipv4.isEmpty, META.addresses.ipv6.isEmpty]).toEqual([false, false]);
  });

  test("fit into one rule of 4,096 characters, with room for the rest of it", () => {
    expect(META.addresses.cidrs().join(" ").length).toBeLessThan(2000);
  });

  test("say where they come from, how old they are and how old they may be", () => {
    expect(META.provenance).toMatchObject({ asn: 32934, allowedAgeDays: 30 });
    expect(META.provenance.sources.length).toBeGreaterThan(0);
  });

  test.each([
    ["the first address of 31.13.24.0/21", "31.13.24.0"],
    ["the last address of 31.13.24.0/21", "31.13.31.255"],
    ["IPv6", "2a03:2880::1"],
  ])("hold %s", (_, address) => {
    expect(META.addresses.contains(address)).toBe(true);
  });

  test.each([
    ["the address before 31.13.24.0/21", "31.13.23.255"],
    ["the address after 31.13.24.0/21", "31.13.32.0"],
    ["an address of another system", "8.8.8.8"],
    ["an example address", "203.0.113.1"],
  ])("don't hold %s", (_, address) => {
    expect(META.addresses.contains(address)).toBe(false);
  });

  test("hold only addresses that can come from the internet", () => {
    expect(META.addresses.overlaps(SpecialAddresses.NOT_PUBLIC)).toBe(false);
  });
});
