import fc from "fast-check";
import { spellingsOf } from "../../../../operations/probe/checks/edge";

/** A target as an ASGI server reads it: the part before a query or a hash, decoded once. */
const routed = (target: string): string => decodeURIComponent(target.split(/[?#]/)[0] ?? "");
/** A target after Cloudflare's normalisation, with dot segments by the URL standard. */
const normalised = (target: string): string =>
  new URL(
    target
      .replace(/[?#].*/, "")
      .replace(/\\/g, "/")
      .replace(/\/+/g, "/"),
    "http://a",
  ).pathname;

describe("the spellings of a webhook's path", () => {
  test("are these", () => {
    expect(spellingsOf("/webhooks/meta")).toEqual([
      "/webhooks/meta",
      "/webhooks/meta/",
      "/webhooks%2Fmeta",
      "/webhooks%2fmeta",
      "/webhooks%252Fmeta",
      "/webhooks/met%61",
      "/webhooks/met%2561",
      "/WEBHOOKS/META",
      "//webhooks/meta",
      "/webhooks//meta",
      "/webhooks/./meta",
      "/probe/../webhooks/meta",
      "/webhooks\\meta",
      "/webhooks/meta;x",
      "/webhooks/meta#x",
      "/webhooks/meta?x=1",
    ]);
  });

  const segment = fc.stringMatching(/^[a-z][a-z0-9._~-]{0,8}$/);
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join("/")}`);

  test("lead to the handler once they are normalised and decoded, but for their case, slash and parameter", () => {
    fc.assert(
      fc.property(path, (route) => {
        for (const target of spellingsOf(route)) {
          const once = routed(normalised(target));
          const found = [once, decodeURIComponent(once)].map((text) => text.toLowerCase().replace(/(?:\/|;x)$/, ""));
          expect(found).toContain(route);
        }
      }),
    );
  });

  test("are targets that can be sent, each once", () => {
    fc.assert(
      fc.property(path, (route) => {
        const targets = spellingsOf(route);
        expect(new Set(targets).size).toBe(targets.length);
        expect(targets.every((target) => /^\/[!-~]*$/.test(target))).toBe(true);
      }),
    );
  });
});
