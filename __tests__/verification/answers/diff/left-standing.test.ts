import { compare, diffReport, exitCodeOf, idsToMean } from "../../../../verification/answers/diff/report";
import { Direction } from "../../../../verification/answers/diff/difference";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import { EdgePhase } from "../../../../policy/edge-phase";
import { ZONE_ID } from "../../../support/environments";
import { type Change, pointerTo, stackOf } from "../../../support/proof-scenes";
import { added, appOf, applied, dropped, REDIS, rules, SHOP, told } from "./apps";

const all =
  (...changes: readonly Change[]): Change =>
  (folder) => {
    for (const change of changes) change(folder);
  };
const block =
  (name: string, ...blocks: readonly object[]): Change =>
  (folder) =>
    void (stackOf(folder, "shop").json[name] = blocks);
const forgotten = (from: string) => block("removed", { from, lifecycle: { destroy: false } });
const differencesOf = (before: Change, after: Change) =>
  compare({ before: appOf([SHOP], before), after: appOf([SHOP], after) }).differences;
const saidOf = (before: Change, after: Change) => told(differencesOf(before, after));
const nothing: Change = () => undefined;

/** The address of a resource that the constructs wrote. */
function addressOf(type: string, part: string): string {
  let address = "";
  appOf([SHOP], (folder) => {
    address = pointerTo(folder, "shop", type, part).split("/").slice(2).join(".");
  });
  return address;
}

const RECORD = "cloudflare_dns_record.added";
const open = added("cloudflare_dns_record", {
  ...{ zone_id: ZONE_ID, name: "direct.shop.dev", type: "A", content: "192.0.2.1", proxied: false },
});
const STAYS = "stays so, and no JSON says it any more";

describe("what Terraform forgets is left standing, and isn't closed:", () => {
  test("a record past the edge", () => {
    expect(saidOf(open, nothing)).toEqual(["closed: anyone → direct.shop.dev: 192.0.2.1, past the edge → nowhere"]);
    const [difference, ...others] = differencesOf(open, forgotten(RECORD));
    expect(others).toEqual([]);
    expect(told(difference === undefined ? [] : [difference])).toEqual([
      `left-standing: anyone → direct.shop.dev: 192.0.2.1, past the edge → ${STAYS}`,
    ]);
    expect(difference?.by).toMatchObject({
      before: { name: RECORD, pointer: "/resource/cloudflare_dns_record/added" },
      after: { name: "removed", stack: "shop", pointer: "/removed/0" },
    });
    expect(difference?.id).toMatch(/^difference:shop:records:left-standing:shop\.dev:direct\.shop\.dev:[0-9a-f]{12}$/);
  });

  test("a Spectrum application", () => {
    const dns = { type: "CNAME", name: "db.shop.dev" };
    const before = added("cloudflare_spectrum_application", { zone_id: ZONE_ID, protocol: "tcp/5432", dns });
    expect(saidOf(before, forgotten("cloudflare_spectrum_application.added"))).toEqual([
      expect.stringMatching(/^left-standing: anyone → db\.shop\.dev by Spectrum, tcp\/5432: open past the edge/),
    ]);
  });

  test("whom a datastore admits", () => {
    const before = applied(REDIS, (state) => ({
      ...state,
      ipAllowList: [{ cidrBlock: "192.0.2.0/24", description: "us" }],
    }));
    const after = all(dropped("null_resource", REDIS), forgotten(addressOf("null_resource", REDIS)));
    const said = saidOf(before, after);
    expect(said).toEqual([expect.stringMatching(/^left-standing: .*Redis of /)]);
    expect(said.join()).not.toContain("nothing here restricts it");
  });

  test("a guard, which opens nothing either", () => {
    const guard = addressOf("cloudflare_ruleset", EdgePhase.CUSTOM);
    const said = saidOf(nothing, all(dropped("cloudflare_ruleset", EdgePhase.CUSTOM), forgotten(guard)));
    expect(said).not.toEqual([]);
    expect(said.filter((each) => !each.startsWith("left-standing: "))).toEqual([]);
  });

  test("a type that isn't modelled", () => {
    const route = added("cloudflare_workers_route", { zone_id: ZONE_ID, pattern: "*" });
    const [difference, ...others] = differencesOf(route, forgotten("cloudflare_workers_route.added"));
    expect(others).toEqual([]);
    expect(difference).toMatchObject({
      direction: Direction.LEFT_STANDING,
      what: "cloudflare_workers_route.added",
      notes: [expect.stringContaining("Terraform forgets cloudflare_workers_route.added")],
    });
  });

  test("what the earlier JSON doesn't have either", () => {
    expect(saidOf(nothing, forgotten(RECORD))).toEqual([`left-standing: ${RECORD}:  → ${STAYS}`]);
    expect(saidOf(nothing, forgotten("module.other"))).toEqual([`left-standing: module.other:  → ${STAYS}`]);
  });

  test("what moves where nothing is", () => {
    const moved = block("moved", { from: RECORD, to: "cloudflare_dns_record.gone" });
    expect(saidOf(open, moved)).toEqual([
      `left-standing: anyone → direct.shop.dev: 192.0.2.1, past the edge → ${STAYS}`,
    ]);
  });

  test("beside what the change does otherwise", () => {
    const after = all(
      forgotten(RECORD),
      added(
        "cloudflare_dns_record",
        { zone_id: ZONE_ID, name: "new.shop.dev", type: "A", content: "192.0.2.2" },
        "shop",
        "new",
      ),
    );
    expect(saidOf(open, after)).toEqual([
      expect.stringMatching(/^opened: anyone → new\.shop\.dev/),
      expect.stringMatching(/^left-standing: anyone → direct\.shop\.dev/),
    ]);
  });
});

describe("nothing is left standing", () => {
  test("of a harmless type, or where the block is there already", () => {
    const label = added("github_issue_label", { repository: "api", name: "x" });
    expect(saidOf(label, forgotten("github_issue_label.added"))).toEqual([]);
    expect(
      saidOf(
        forgotten(RECORD),
        all(
          forgotten(RECORD),
          rules(EdgePhase.LATE_TRANSFORM, (own) => own),
        ),
      ),
    ).toEqual([]);
  });

  test("where Terraform destroys it, or gives it another name", () => {
    const closed = ["closed: anyone → direct.shop.dev: 192.0.2.1, past the edge → nowhere"];
    expect(saidOf(open, block("removed", { from: RECORD }))).toEqual(closed);
    const renamed: Change = (folder) => {
      open(folder);
      const { resource } = stackOf(folder, "shop").json as { resource: Record<string, Record<string, unknown>> };
      const { added: body, ...others } = resource["cloudflare_dns_record"] ?? {};
      resource["cloudflare_dns_record"] = { ...others, renamed: body };
    };
    const moved = block("moved", { from: RECORD, to: "cloudflare_dns_record.renamed" });
    expect(saidOf(open, all(renamed, moved))).toEqual([]);
  });
});

describe("what another resource adopts", () => {
  const adopted = (id: string, content = "192.0.2.1") =>
    all(
      forgotten(RECORD),
      added(
        "cloudflare_dns_record",
        { zone_id: ZONE_ID, name: "direct.shop.dev", type: "A", content, proxied: false },
        ...["shop", "adopted"],
      ),
      block("import", { to: "cloudflare_dns_record.adopted", id }),
    );

  test("isn't left standing, where it is the same thing", () => {
    expect(saidOf(open, adopted(`${ZONE_ID}/x`))).toEqual([]);
  });

  test("is left standing, where it is another one", () => {
    expect(saidOf(open, adopted(`${ZONE_ID}/x`, "192.0.2.2"))).toContainEqual(
      expect.stringMatching(/^left-standing: /),
    );
    const said = saidOf(open, all(adopted(`${ZONE_ID}/x`), block("import")));
    expect(said).toContainEqual(expect.stringMatching(/^left-standing: /));
  });
});

describe("where only the apply knows which live thing a resource becomes,", () => {
  const guard = addressOf("cloudflare_ruleset", EdgePhase.CUSTOM);
  const adopting = block("import", { to: guard, id: `zones/${"f".repeat(32)}/x` });
  const unguarded = rules(EdgePhase.CUSTOM, (own) => own.filter(({ ref }) => !String(ref).includes("hook")));

  test("nothing that it decides is closed", () => {
    const differences = differencesOf(unguarded, adopting);
    expect(differences.length).toBeGreaterThan(1);
    expect(new Set(differences.map(({ direction }) => direction))).toEqual(new Set([Direction.UNDECIDED]));
    expect(told(differences)).toContainEqual(
      expect.stringContaining(`import adopts another thing than is meant, as ${guard}`),
    );
  });

  test("that is undecided where nothing else differs, and no difference where it stays", () => {
    expect(differencesOf(nothing, adopting)).toMatchObject([
      { direction: Direction.UNDECIDED, by: { after: { pointer: "/import/0" } } },
    ]);
    expect(
      differencesOf(
        adopting,
        all(
          adopting,
          rules(EdgePhase.LATE_TRANSFORM, (own) => own),
        ),
      ),
    ).toEqual([]);
  });
});

test("a report says it in words, ends with 2, and gives no id to mean it", () => {
  const report = diffReport({ before: appOf([SHOP], open), after: appOf([SHOP], forgotten(RECORD)) });
  const left = report.differences.filter(({ direction }) => direction === Direction.LEFT_STANDING);
  expect(left).toHaveLength(1);
  expect(exitCodeOf({ ...report, differences: left })).toBe(2);
  expect(idsToMean(report)).not.toContain(left[0]?.id);
  const text = DIFF_FORMATS.text(report, { columns: 200, hasColour: false });
  expect(text).toContain(`Left standing\n  shop: anyone → direct.shop.dev: 192.0.2.1, past the edge → ${STAYS}`);
  expect(text).toContain("now by removed");
  const meant = diffReport(
    { before: appOf([SHOP], open), after: appOf([SHOP], forgotten(RECORD)) },
    new Map(report.differences.map(({ id }) => [id, ""])),
  );
  expect(meant.meant?.some(({ direction }) => direction === Direction.LEFT_STANDING)).toBe(false);
});
