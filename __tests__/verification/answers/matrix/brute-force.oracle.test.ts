import fc from "fast-check";
import { type Family, printAddress } from "../../../../network/address";
import { CLOUDFLARE } from "../../../../network/feeds/cloudflare";
import { META } from "../../../../network/feeds/meta";
import type { PartKind } from "../../../../verification/answers/matrix/matrix";
import { matrixOf } from "../../../../verification/answers/matrix/matrix-of";
import { CONNECTIONS } from "../../../../verification/edge/scope";
import { trace } from "../../../../verification/edge/evaluate/trace";
import { scenesOf } from "../../../../verification/statements/scene";
import type { Change } from "../../../support/proof-scenes";
import { runs } from "../../../support/sample";
import { appOf, withRules } from "../explain/app";
import { cellIn, SHOP } from "./cells";

const HOST = "app.shop.dev";
const PATHS = [
  "/",
  "/webhooks/meta",
  "/Webhooks/META/",
  "/%77ebhooks/meta",
  "/%2577ebhooks/meta",
  "/a",
  "/admin/x",
  "/a%2Bb",
];
const ADDRESSES: readonly (readonly [source: string, family: Family, address: string])[] = [
  ...META.addresses.blocks.map(
    ({ family, network }) => ["meta", family, printAddress({ family, value: network })] as const,
  ),
  ...CLOUDFLARE.addresses.blocks.map(
    ({ family, network }) => ["Cloudflare", family, printAddress({ family, value: network })] as const,
  ),
  ["backend, workers", 4, "203.0.113.12"],
  ...["192.0.2.7", "203.0.113.11", "8.8.8.8", "0.0.0.0", "255.255.255.255"].map(
    (text) => ["anyone else", 4, text] as const,
  ),
  ...["2001:db8::1", "::", "2a03:2881::"].map((text) => ["anyone else", 6, text] as const),
];

const CONDITIONS = [
  "ip.src in {192.0.2.0/24 8.0.0.0/8}",
  "ip.src in {31.13.24.0/21}",
  'http.request.method eq "POST"',
  'starts_with(http.request.uri.path, "/admin")',
  'http.request.uri.path eq "/a"',
  "cf.edge.server_port eq 443",
  "not ssl",
  'http.request.uri.query contains "x"',
];
const conditions = fc
  .array(fc.constantFrom(...CONDITIONS), { minLength: 1, maxLength: 2 })
  .map((all) => all.join(" and "));
const rules = fc.array(
  fc.record({ expression: conditions, action: fc.constantFrom("block", "skip") }).map(({ expression, action }) => ({
    ...{ expression, action, description: "" },
    ...(action === "skip" ? { action_parameters: { ruleset: "current" } } : {}),
  })),
  { minLength: 1, maxLength: 4 },
);
const requests = fc.record({
  source: fc.constantFrom(...ADDRESSES),
  connection: fc.constantFrom(...CONNECTIONS),
  path: fc.constantFrom(...PATHS),
  query: fc.constantFrom("", "?x=1"),
  method: fc.constantFrom("GET", "POST"),
});

/** How the evaluator's answers are called here. */
const KINDS: Readonly<Record<string, PartKind>> = { block: "block", redirect: "redirect", origin: "allow" };

/** Which group a path is in, told by decoding it by hand. */
function groupOf(path: string): string | undefined {
  const once = decodeURIComponent(path).toLowerCase();
  if (once.includes("/webhooks/meta")) return "paths with /webhooks/meta";
  return /%[0-9a-f]{2}|\+/.test(once) ? "paths escaped twice" : undefined;
}

test("a cell has what the evaluator does with any request, and that alone unless it is mixed", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(rules, fc.array(requests, { minLength: 60, maxLength: 60 }), (own, asked) => {
      const change: Change = withRules(
        "http_request_firewall_custom",
        ...own.map((rule, index) => ({ ...rule, ref: `r${index}` })),
      );
      const app = appOf(change, [SHOP]);
      const [matrix] = matrixOf(app).environments;
      const [scene] = scenesOf(app.model, app.policies);
      if (matrix === undefined || scene === undefined) throw new Error("there is no environment");
      for (const { source, connection, path, query, method } of asked) {
        const [name, family, from] = source;
        const { scheme, port } = connection;
        const request = { scheme, port, host: HOST, target: `${path}${query}`, from, method };
        const { destination } = trace(scene.edge.zone, request);
        const kind = port === 443 ? "https" : port === 80 ? "http" : "other ports";
        const cell = cellIn(matrix, [name, family], kind, kind === "https" ? groupOf(path) : undefined);
        const expected = KINDS[destination.kind];
        expect(cell.parts.map((part) => part.kind)).toContain(expected);
        if (cell.kind !== "mixed") expect(cell.kind).toBe(expected);
        seen.add(`${cell.kind} ${expected}`);
      }
    }),
    { seed: 11, numRuns: runs(4, 60) },
  );
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(["allow allow", "block block", "mixed allow", "mixed block", "redirect redirect"]),
  );
});
