import { FEEDS } from "../../../network/feeds";
import { CLOUDFLARE } from "../../../network/feeds/cloudflare";
import { META } from "../../../network/feeds/meta";

describe("Cloudflare's official ranges", () => {
  test("are prefixes of both families", () => {
    expect([CLOUDFLARE.addresses.ipv4.isEmpty, CLOUDFLARE.addresses.ipv6.isEmpty]).toEqual([false, false]);
  });

  test.each(["104.16.0.1", "172.64.0.1", "2606:4700::1"])("hold %s", (address) => {
    expect(CLOUDFLARE.addresses.contains(address)).toBe(true);
  });

  test("share no address with Meta's", () => {
    expect(CLOUDFLARE.addresses.overlaps(META.addresses)).toBe(false);
  });
});

test("every feed has a name of its own", () => {
  expect(FEEDS.map(({ addresses }) => addresses.name)).toEqual(["meta", "cloudflare"]);
});
