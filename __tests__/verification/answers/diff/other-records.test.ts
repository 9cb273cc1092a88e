import { Area } from "../../../../verification/answers/diff/difference";
import { diffReport, exitCodeOf } from "../../../../verification/answers/diff/report";
import { ZONE_ID } from "../../../support/environments";
import type { JsonTree } from "../../../support/proof-scenes";
import { added, appOf, changedBy, SHOP, told } from "./apps";

const NAME = { zone_id: ZONE_ID, name: "pay", ttl: 1 };
const record = (type: string, others: JsonTree) => added("cloudflare_dns_record", { ...NAME, type, ...others });
const withRecord = (...given: Parameters<typeof record>) => appOf([SHOP], record(...given));

describe("a record that may hand a name to somebody else is undecided", () => {
  const [good, evil] = ["ns.good.dev", "ns.evil.dev"].map((content) => withRecord("NS", { content }));
  if (good === undefined || evil === undefined) throw new Error("there are two");

  test.each([
    ["to another one", good, evil, "undecided: anyone → pay.shop.dev: NS ns.good.dev → NS ns.evil.dev"],
    ["back", evil, good, "undecided: anyone → pay.shop.dev: NS ns.evil.dev → NS ns.good.dev"],
    ["anew", appOf(), evil, "undecided: anyone → pay.shop.dev: handed to nobody → NS ns.evil.dev"],
    ["no longer", evil, appOf(), "undecided: anyone → pay.shop.dev: NS ns.evil.dev → handed to nobody"],
  ])("%s", (_what, before, after, expected) => {
    const { differences } = diffReport({ before, after });
    expect(told(differences)).toEqual([expected]);
    const [item] = differences.filter(({ area }) => area === Area.RECORDS);
    expect(item?.notes).toEqual(["records of these types may lead a name elsewhere, which isn't modelled"]);
  });

  test.each([
    ["HTTPS", { data: { priority: 1, target: "evil.dev", value: "" } }],
    ["SVCB", { content: "1 evil.dev ." }],
    ["DNAME", { content: "evil.dev" }],
    ["URI", { priority: 1, data: { weight: 1, target: "https://evil.dev" } }],
    ["${var.type}", { content: "evil.dev" }],
  ])("of type %s", (type, others) => {
    const report = diffReport({ before: appOf(), after: withRecord(type, others) });
    expect(told(report.differences)).toContainEqual(
      expect.stringMatching(/^undecided: anyone → pay\.shop\.dev: handed to nobody → .*evil\.dev/),
    );
    expect(report.differences.filter(({ area }) => area === Area.UNKNOWN)).toEqual([]);
    expect(exitCodeOf(report)).not.toBe(0);
  });

  test("also where the name meets the edge anew", () => {
    const items = changedBy((folder) => {
      record("HTTPS", { content: "1 evil.dev ." })(folder);
      added("cloudflare_dns_record", { ...NAME, type: "A", content: "192.0.2.7", proxied: true }, "shop", "a")(folder);
    });
    expect(told(items)).toContain("undecided: anyone → pay.shop.dev: handed to nobody → HTTPS 1 evil.dev .");
  });
});

describe("a record that leads no request anywhere changes nothing:", () => {
  test.each([
    ["MX", { content: "mx.example.com", priority: 10 }],
    ["TXT", { content: '"v=spf1 -all"' }],
    ["CAA", { data: { flags: 0, tag: "issue", value: "letsencrypt.org" } }],
  ])("%s", (type, others) => {
    expect(changedBy(record(type, others))).toEqual([]);
  });
});

test("data of a record that leads somewhere by its content isn't understood", () => {
  const items = changedBy(record("A", { content: "192.0.2.7", proxied: false, data: { value: "x" } }));
  expect(items.map(({ notes }) => notes.join())).toContainEqual("what isn't modelled of it: data");
});
