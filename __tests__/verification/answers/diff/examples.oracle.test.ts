import fc from "fast-check";
import { EdgePhase } from "../../../../policy/edge-phase";
import { differingExamples } from "../../../../verification/answers/diff/requests/examples";
import { diffOf } from "../../../../verification/edge/compare";
import { trace } from "../../../../verification/edge/evaluate/trace";
import { runs } from "../../../support/sample";
import { type Edge, HOST, type JsonRule, SHIPPED, zoneOf } from "../../edge/edge";

const target = fc.constantFrom(
  { value: `https://${HOST}/a` },
  { value: "https://other.dev/" },
  { expression: `concat("https://${HOST}", http.request.uri.path)` },
  { expression: `concat("https://", http.host, http.request.uri.path)` },
  { expression: `concat("https://", lower(http.host), lower(http.request.uri.path))` },
  { expression: `concat("https://${HOST}", url_decode(http.request.uri.path))` },
);
const when = fc.constantFrom(
  "true",
  'http.request.uri.path eq "/a"',
  'starts_with(http.request.uri.path, "/a")',
  'http.request.uri.query eq ""',
  `http.host eq "${HOST}"`,
  'http.request.uri.path contains "x"',
);
const redirect = fc
  .tuple(when, target, fc.boolean(), fc.constantFrom(301, 302))
  .map(([expression, url, keepsQuery, status]): JsonRule => ({
    ...{ ref: "r", description: "", action: "redirect", expression },
    action_parameters: {
      from_value: { target_url: url, preserve_query_string: keepsQuery, status_code: status },
    },
  }));
const zone = fc.array(redirect, { minLength: 1, maxLength: 2 }).map((rules) =>
  zoneOf({
    ...SHIPPED,
    [EdgePhase.REDIRECT]: rules.map((rule, index) => ({ ...rule, ref: `r${index}` })),
  } satisfies Edge),
);

test("no example is redirected alike on both sides, and most differences have one", () => {
  const found = { some: 0, none: 0 };
  fc.assert(
    fc.property(zone, zone, (before, after) => {
      for (const change of diffOf(before, after).changes) {
        const examples = differingExamples(change, { before, after });
        for (const example of examples) {
          const [one, other] = [before, after].map((each) => JSON.stringify(trace(each, example).destination));
          expect(one).not.toBe(other);
        }
        found[examples.length > 0 ? "some" : "none"] += 1;
      }
    }),
    { seed: 7, numRuns: runs(60, 400) },
  );
  expect(found.some).toBeGreaterThan(4 * found.none);
});
