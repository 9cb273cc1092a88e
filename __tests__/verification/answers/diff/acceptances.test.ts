import { Accept } from "../../../../policy/accept";
import type { AcceptableQuestion } from "../../../../policy/question";
import type { App } from "../../../../verification/answers/app";
import { diffReport, exitCodeOf } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import { resultsOf } from "../../../../verification/statements/results";
import { ZONE_ID } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { added, appOf, SHOP } from "./apps";

const REASON = "the vendor of the documents serves it";
const record = (content = "docs.example.net"): Change =>
  added("cloudflare_dns_record", {
    ...{ zone_id: ZONE_ID, name: "docs", type: "CNAME", content, proxied: false, ttl: 1 },
  });
const repeated = added("cloudflare_dns_record", {
  ...{ for_each: { a: "_a" }, zone_id: ZONE_ID, name: "${each.value}", type: "TXT", content: "x", ttl: 1 },
});

/** The acceptance that is printed for a change. */
function entryFor(change: Change, reason = REASON): Accept {
  const { model, policies } = appOf([SHOP], change);
  const [unknown] = resultsOf(model, policies, ["PORTS-1"]).flatMap((result) => result.unknown);
  const { stack = "", address = "", digest = "" } = unknown?.thing ?? {};
  return Accept.resource(stack, address, unknown?.question as AcceptableQuestion, digest, reason);
}

const accepting = (change: Change, ...accept: readonly Accept[]): App => appOf([{ ...SHOP, accept }], change);
const linesOf = (before: App, after: App) => DIFF_FORMATS.text(diffReport({ before, after })).split("\n");
const plain = appOf();
const docs = accepting(record(), entryFor(record()));

test("a change that comes with its acceptance begins with it, and is refused until it is meant", () => {
  const after = accepting(repeated, entryFor(repeated));
  const report = diffReport({ before: plain, after });
  expect(DIFF_FORMATS.text(report)).toMatch(
    /^ACCEPTANCE ADDED in shop: the question "repeat" about cloudflare_dns_record\.added of shop: the vendor/,
  );
  expect(exitCodeOf(report)).toBe(1);
  const meant = new Map(report.differences.map(({ id }) => [id, "agreed"]));
  expect(exitCodeOf(diffReport({ before: plain, after }, meant))).toBe(0);
});

test("an acceptance of a stack or of a thing comes before the policy, too", () => {
  const lax = appOf([{ ...SHOP, webhooks: [], accept: [Accept.thing("render/service/srv-1", "a demo of last year")] }]);
  const lines = linesOf(plain, lax);
  expect(lines[0]).toMatch(/^ACCEPTANCE ADDED in shop: render\/service\/srv-1 may be there: a demo of last year/);
  expect(lines).toContain("Policy weakened");
});

test("the acceptance of another body is changed, with both digests", () => {
  const after = accepting(record("b.example.net"), entryFor(record("b.example.net")));
  const [first] = linesOf(docs, after);
  expect(first).toMatch(
    /^ACCEPTANCE CHANGED in shop: the question "target" .*, of another body: [0-9a-f]{16} → [0-9a-f]{16}/,
  );
  expect(exitCodeOf(diffReport({ before: docs, after }))).toBe(1);
});

test("another reason is a changed acceptance, which opens nothing", () => {
  const after = accepting(record(), entryFor(record(), "another vendor serves it now"));
  expect(linesOf(docs, after).join("\n")).toMatch(/ACCEPTANCE CHANGED in shop: .*\.reason is worded otherwise/);
  expect(exitCodeOf(diffReport({ before: docs, after }))).toBe(0);
});

test("an acceptance that bears on another statement than before is widened", () => {
  const without = { ...SHOP, webhooks: [] };
  const entry = entryFor(record());
  const before = appOf([{ ...without, accept: [entry] }], record());
  const [first] = linesOf(before, docs);
  expect(first).toMatch(/^ACCEPTANCE WIDENED in shop: HOOK-1/);
});

test("an acceptance that goes is dropped, which is no weakening", () => {
  const report = diffReport({ before: docs, after: plain });
  expect(DIFF_FORMATS.text(report)).toContain("Acceptance dropped");
  expect(report.differences.filter(({ area }) => area === "acceptance")).toMatchObject([{ direction: "strengthened" }]);
});

test("the same acceptance has nothing to tell", () => {
  expect(diffReport({ before: docs, after: accepting(record(), entryFor(record())) }).differences).toEqual([]);
});
