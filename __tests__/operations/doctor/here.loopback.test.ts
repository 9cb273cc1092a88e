import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stand, wholeShop } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

test("says that nothing is known of files while nothing is synthesized", async () => {
  stand.synthesize("nothing");
  expect(await stand.findings()).toMatchObject([{ id: "synthesized/shop", level: "undecided" }]);
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
