import { normalisePath } from "../../../../verification/edge/evaluate/normalise-path";

describe("the normalised path", () => {
  test.each([
    ["/", "/"],
    ["/webhooks/meta", "/webhooks/meta"],
    ["//webhooks///meta", "/webhooks/meta"],
    ["\\webhooks\\meta", "/webhooks/meta"],
    ["/webhooks/./meta", "/webhooks/meta"],
    ["/x/../webhooks/meta", "/webhooks/meta"],
    ["/x/%2e%2E/webhooks/meta", "/webhooks/meta"],
    ["/../../webhooks/meta", "/webhooks/meta"],
    ["/webhooks/%6deta", "/webhooks/meta"],
    ["/%77ebhooks/%6D%65ta", "/webhooks/meta"],
    ["/webhooks/meta/.", "/webhooks/meta/"],
    ["/webhooks/meta/..", "/webhooks/"],
    ["/webhooks/meta/", "/webhooks/meta/"],
    ["/~a-b_c.d", "/~a-b_c.d"],
    ["/%7ea", "/~a"],
  ])("of %s is %s", (path, normalised) => {
    expect(normalisePath(path)).toBe(normalised);
  });

  test.each([
    ["an escaped slash", "/webhooks%2fmeta", "/webhooks%2Fmeta"],
    ["a doubly escaped slash", "/webhooks%252Fmeta", "/webhooks%252Fmeta"],
    ["an escaped backslash", "/webhooks%5cmeta", "/webhooks%5Cmeta"],
    ["upper case", "/Webhooks/META", "/Webhooks/META"],
    ["a parameter", "/webhooks;a=1/meta", "/webhooks;a=1/meta"],
    ["a plus", "/a+b", "/a+b"],
    ["an escape that isn't one", "/a%zz%", "/a%zz%"],
    ["an escaped null", "/a%00", "/a%00"],
    ["what a decoded escape would make one", "/a%256d", "/a%256d"],
  ])("keeps %s", (_what, path, kept) => {
    expect(normalisePath(path)).toBe(kept);
  });

  test("is normalised already", () => {
    for (const path of ["/a/%2E%2e/../%2F%2f//b\\c", "/%6d%256d/./", "/x/..%2f../y"]) {
      const once = normalisePath(path);
      expect(normalisePath(once)).toBe(once);
    }
  });
});
