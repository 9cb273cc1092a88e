import { EdgePhase } from "../../../policy/edge-phase";
import { STATEMENT_IDS, type StatementId } from "../../../policy/statements";
import { resultsOf } from "../../../verification/statements/results";
import { unknownAbout } from "../../../verification/statements/unknowns";
import { ACCOUNT_ID, anEnvironment, ZONE_ID } from "../../support/environments";
import { sceneOf } from "../../support/proof-scenes";
import { aRepository } from "../../support/repositories";
import { adding, all, giving, HOST, type ShopChange, shopScene, type Tree } from "../../support/shop";

const environments = [anEnvironment({ repositories: [aRepository("example/api")] })];
const OTHER_ID = "f".repeat(32);
const OWN = "0123456789abcdef0123456789abcdef";

const EDGE: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];
const CODE: readonly StatementId[] = ["PEN-1", "PEN-2", "SCAN-1", "SCAN-2", "SCAN-3", "SCAN-4"];
const APPLIED: readonly StatementId[] = ["PORTS-3", "PORTS-4", "WEB-1", "DB-1", "WORK-1", "WORK-2"];

/** The statements on which something unknown bears, and the places where it stands. */
function unknownIn(change: ShopChange): { statements: readonly StatementId[]; places: readonly string[] } {
  const scene = shopScene(change, environments);
  const found = STATEMENT_IDS.map((id) => ({ id, unknowns: unknownAbout(id, scene) })).filter(
    ({ unknowns }) => unknowns.length > 0,
  );
  const places = found.flatMap(({ unknowns }) => unknowns.map(({ place }) => `${place?.stack}#${place?.pointer}`));
  return { statements: found.map(({ id }) => id), places: [...new Set(places)] };
}

const NOTHING = { statements: [], places: [] };
const at = (pointer: string, statements: readonly StatementId[]) => ({
  statements: STATEMENT_IDS.filter((id) => statements.includes(id)),
  places: [`shop#${pointer}`],
});
const blocks =
  (key: string, ...each: readonly Tree[]): ShopChange =>
  ({ json }) =>
    void (json[key] = each);
const importing = (to: string, id: unknown, more: Tree = {}) => blocks("import", { to, id, ...more });

const RECORD = "cloudflare_dns_record.app";
const GUARD = "cloudflare_ruleset.custom";
const FILE = "github_repository_file.added";
const file = adding("github_repository_file", { repository: "api", file: "docs/a.md", content: "x", branch: "main" });
const withAll = all(
  file,
  adding("cloudflare_list", { account_id: ACCOUNT_ID, name: "x", kind: "ip", items: [] }),
  adding("github_repository_vulnerability_alerts", { repository: "api" }),
  adding("github_issue_label", { repository: "api", name: "x" }),
);

describe("an import block", () => {
  test.each<[string, string]>([
    [RECORD, `${ZONE_ID}/${OWN}`],
    [GUARD, `zones/${ZONE_ID}/${OWN}`],
    ["cloudflare_zone_setting.ssl", `${ZONE_ID}/ssl`],
    ["cloudflare_url_normalization_settings.paths", ZONE_ID],
    ["cloudflare_list.added", `${ACCOUNT_ID}/${OWN}`],
    ["github_repository_vulnerability_alerts.added", "API"],
    [FILE, "api/docs/a.md:main"],
    [FILE, "api:docs/a.md:main"],
    ["github_issue_label.added", "other:y"],
    ["time_static.added", "x"],
  ])("adopts as %s the thing that it means: %s", (to, id) => {
    expect(unknownIn(all(withAll, importing(to, id)))).toEqual(unknownIn(withAll));
  });

  test.each<[string, unknown, readonly StatementId[]]>([
    [RECORD, `${OTHER_ID}/${OWN}`, EDGE],
    [RECORD, `\${var.zone}/${OWN}`, EDGE],
    [RECORD, `${ZONE_ID}/\${var.id}`, EDGE],
    [RECORD, `${ZONE_ID}/../${OTHER_ID}`, EDGE],
    [RECORD, `${ZONE_ID}/${OWN}/`, EDGE],
    [RECORD, 7, EDGE],
    [RECORD, undefined, EDGE],
    [GUARD, `zones/${OTHER_ID}/${OWN}`, EDGE],
    [GUARD, `accounts/${ACCOUNT_ID}/${OWN}`, EDGE],
    [GUARD, `${ZONE_ID}/${OWN}`, EDGE],
    ["cloudflare_zone_setting.ssl", `${ZONE_ID}/min_tls_version`, EDGE],
    ["cloudflare_zone_setting.gone", `${ZONE_ID}/ssl`, EDGE],
    ['cloudflare_zone_setting.ssl["a"]', `${ZONE_ID}/ssl`, EDGE],
    ["github_repository_vulnerability_alerts.added", "dashboard", CODE],
    [FILE, "api/docs/b.md:main", CODE],
    [FILE, "api/docs/a.md:other", CODE],
    [FILE, "api/docs/a.md", CODE],
    [FILE, "other:docs/a.md:main", CODE],
    [FILE, "api:docs/%61.md:main", CODE],
    ["null_resource.gone", "x", APPLIED],
    ["module.other", "x", STATEMENT_IDS],
  ])("of another thing, or of one that isn't known, is unknown: %s as %j", (to, id, statements) => {
    const found = unknownIn(all(withAll, importing(to, id)));
    expect(found).toEqual(at("/import/0", statements));
  });

  test.each([{ provider: "cloudflare.other" }, { for_each: { a: "b" } }, { identity: {} }])(
    "that says more than which thing is unknown: %j",
    (more) => {
      expect(unknownIn(importing(RECORD, `${ZONE_ID}/${OWN}`, more))).toEqual(at("/import/0", EDGE));
    },
  );

  test.each<[string, string, readonly StatementId[]]>([
    [GUARD, `zones/${ZONE_ID}/${OWN}`, EDGE.slice(0, 3)],
    ["cloudflare_zone_setting.ssl", `${ZONE_ID}/ssl`, []],
  ])("rests on the id of %s where only the platform knows which thing has it", (to, id, statements) => {
    const { model, policies } = shopScene(importing(to, id), environments);
    const resting = resultsOf(model, policies).filter(({ assumptions }) =>
      assumptions.some((text) => text.startsWith(`the id in the import of ${to} is that of this thing`)),
    );
    expect(resting.map(({ statement }) => statement)).toEqual(statements);
  });

  test("of one thing as two resources is unknown", () => {
    const id = `${ZONE_ID}/${OWN}`;
    const second = adding("cloudflare_dns_record", { zone_id: ZONE_ID, name: "b", type: "TXT", content: "x" });
    const both = blocks("import", { to: RECORD, id }, { to: "cloudflare_dns_record.added", id });
    expect(unknownIn(all(second, both)).places).toEqual(["shop#/import/0", "shop#/import/1"]);
  });

  test("that a construct writes is understood", () => {
    const existing = { records: { [HOST]: OWN }, rulesets: { [EdgePhase.CUSTOM]: { id: OWN } } };
    const scene = sceneOf([anEnvironment({ edge: { existing } })]);
    expect(JSON.stringify(scene.model.stacks.map(({ json }) => json["import"]))).toContain(`zones/${ZONE_ID}/${OWN}`);
    const results = resultsOf(scene.model, scene.policies, ["HOOK-1", "PORTS-1"]);
    expect(results.map(({ verdict }) => verdict)).toEqual(["proven", "proven"]);
  });
});

const applier = adding("null_resource", { provisioner: [{ "local-exec": { command: "x" } }] });
const empty = adding("null_resource", {});

describe("a moved block", () => {
  test.each<[string, ShopChange, Tree]>([
    ["gives a guard another name", () => undefined, { from: "cloudflare_ruleset.old", to: GUARD }],
    ["gives a record another name", () => undefined, { from: "cloudflare_dns_record.old", to: RECORD }],
    ["concerns a harmless type", withAll, { from: "github_issue_label.old", to: "github_issue_label.added" }],
    ["concerns what runs nothing", empty, { from: "null_resource.old", to: "null_resource.added" }],
  ])("that %s is understood", (_what, change, block) => {
    expect(unknownIn(all(change, blocks("moved", block)))).toEqual(unknownIn(change));
  });

  test("is followed to the last name", () => {
    const middle = "cloudflare_ruleset.middle";
    const chain = [
      { from: "cloudflare_ruleset.old", to: middle },
      { from: middle, to: GUARD },
    ];
    expect(unknownIn(blocks("moved", ...chain))).toEqual(NOTHING);
    expect(unknownIn(blocks("moved", ...chain.slice(0, 1)))).toEqual(at("/moved/0", EDGE));
    const ring = [{ from: "cloudflare_ruleset.a", to: "cloudflare_ruleset.b" }];
    expect(unknownIn(blocks("moved", ...ring, { from: "cloudflare_ruleset.b", to: "cloudflare_ruleset.a" }))).toEqual({
      ...at("", EDGE),
      places: ["shop#/moved/0", "shop#/moved/1"],
    });
  });

  test.each<[string, Tree, readonly StatementId[]]>([
    ["takes a guard away", { from: GUARD, to: "cloudflare_ruleset.gone" }, EDGE],
    ["takes a guard for another one", { from: "cloudflare_ruleset.late", to: GUARD }, EDGE],
    ["makes a guard of another type", { from: "github_issue_label.old", to: GUARD }, EDGE],
    ["is of a module", { from: "module.old", to: GUARD }, STATEMENT_IDS],
    ["is of an instance", { from: "cloudflare_ruleset.old[0]", to: `${GUARD}[0]` }, EDGE],
    ["says nothing of where to", { from: "cloudflare_ruleset.old" }, STATEMENT_IDS],
    ["says more", { from: "cloudflare_ruleset.old", to: GUARD, other: true }, EDGE],
  ])("that %s is unknown", (_what, block, statements) => {
    expect(unknownIn(blocks("moved", block))).toEqual(at("/moved/0", statements));
  });

  test("keeps an applier from running", () => {
    const moved = blocks("moved", { from: "null_resource.old", to: "null_resource.added" });
    expect(unknownIn(all(applier, moved)).places).toContain("shop#/moved/0");
    const other = blocks("moved", { from: "terraform_data.old", to: "null_resource.added" });
    expect(unknownIn(all(empty, other))).toEqual(at("/moved/0", APPLIED));
  });
});

describe("a removed block", () => {
  const forgetting = { lifecycle: { destroy: false } };

  test.each<[string, Tree, readonly StatementId[]]>([
    ["a record", { from: "cloudflare_dns_record.old", ...forgetting }, EDGE],
    ["a route", { from: "cloudflare_workers_route.old", lifecycle: [{ destroy: "false" }] }, EDGE],
    ["a file", { from: "github_repository_file.old", lifecycle: { destroy: "${var.x}" } }, CODE],
    ["a module", { from: "module.old", ...forgetting }, STATEMENT_IDS],
    ["what has a strange lifecycle", { from: "cloudflare_dns_record.old", lifecycle: "x" }, EDGE],
    ["nothing that is named", { ...forgetting }, STATEMENT_IDS],
  ])("that forgets %s leaves it standing", (_what, block, statements) => {
    expect(unknownIn(blocks("removed", block))).toEqual(at("/removed/0", statements));
  });

  test.each<Tree>([
    { from: "cloudflare_dns_record.old" },
    { from: "cloudflare_dns_record.old", lifecycle: { destroy: true } },
    { from: "github_issue_label.old", ...forgetting },
    { from: "time_static.old", ...forgetting },
  ])("that destroys a thing, or forgets a harmless one, is understood: %j", (block) => {
    expect(unknownIn(blocks("removed", block))).toEqual(NOTHING);
  });
});

describe("lifecycle.replace_triggered_by", () => {
  const replaced = { lifecycle: [{ replace_triggered_by: ["null_resource.x"], create_before_destroy: false }] };

  test("takes a guard away for a while", () => {
    expect(unknownIn(giving(GUARD, replaced))).toEqual(at("/resource/cloudflare_ruleset/custom/lifecycle", EDGE));
  });

  test("has an applier run again, and harms nothing on a harmless type", () => {
    const { places } = unknownIn(adding("null_resource", { provisioner: [{ "local-exec": {} }], ...replaced }));
    expect(places).not.toContain("shop#/resource/null_resource/added/lifecycle");
    expect(unknownIn(adding("github_issue_label", replaced))).toEqual(NOTHING);
  });
});
