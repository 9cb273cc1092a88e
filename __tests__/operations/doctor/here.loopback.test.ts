import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stand, wholeShop } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

describe("says that nothing is known of what a deploy writes", () => {
  test.each([
    ["while nothing is synthesized", () => rmSync(join(stand.folder, "stacks"), { recursive: true })],
    ["where the stack isn't one that a synth wrote", () => stand.synthesize("nothing")],
    [
      "where another app is synthesized",
      () => renameSync(join(stand.folder, "stacks/shop"), join(stand.folder, "stacks/other")),
    ],
  ])("%s", async (_when, change) => {
    change();
    const what = `what a deploy of shop writes can't be read: ${stand.folder} holds no stack of shop that a synth wrote`;
    expect(await stand.findings()).toMatchObject([{ id: "synthesized/shop", level: "undecided", what }]);
  });
});

describe("what can be said of the deploy itself", () => {
  test("is that its state would be lost", async () => {
    stand.synthesize({ terraform: { backend: { local: {} } } });
    const ids = (await stand.findings()).map(({ id }) => id);
    expect(ids).toContain("backend/shop");
  });

  test.each([
    ["are missing", undefined, /no checksums of the providers of shop are committed/],
    ["are of another version", "5.12.0", /lacks cloudflare\/cloudflare 5\.13\.0/],
  ])("is that checksums %s", async (_what, version, what) => {
    const path = join(stand.locks, "shop.terraform.lock.hcl");
    if (version === undefined) rmSync(path);
    else writeFileSync(path, readFileSync(path, "utf8").replace("5.13.0", version));
    expect(await stand.findings()).toMatchObject([
      { id: "provider-lock/shop", level: "failure", what: expect.stringMatching(what) },
    ]);
  });

  test.each([
    ["nothing was proven", undefined, /has no proof\.json/],
    [
      "something else was proven",
      ["stacks/shop/cdk.tf.json"],
      /stacks\/shop\/cdk\.tf\.json isn't the file that was proven/,
    ],
  ])("is that %s", async (_what, changed, what) => {
    expect(await stand.findings(wholeShop(), { changed })).toMatchObject([
      { id: "proof/shop", level: "failure", what: expect.stringMatching(what) },
    ]);
  });
});
