import { status } from "../../../rehearsal/fault";
import { DEPLOYER, Stand, wholeShop } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

describe("the repository that deploys", () => {
  const DEPLOYS = `github/environment/${DEPLOYER}`;

  test.each<[thing: string, spoil: () => void, id: string, what: RegExp]>([
    ["an environment", () => stand.deployer.environments.delete("shop"), `${DEPLOYS}:shop`, /has no environment shop/],
    [
      "a secret",
      () => environment("shop-plan").secrets.delete("EDGE_SECRET"),
      `${DEPLOYS}:shop-plan/secrets`,
      /^shop-plan lacks EDGE_SECRET$/,
    ],
    [
      "a variable",
      () => environment("shop").variables.clear(),
      `${DEPLOYS}:shop/variables`,
      /^shop lacks TERRAFORM_APP_CLIENT_ID$/,
    ],
    [
      "a restriction to branches",
      () => (environment("shop-plan").isRestricted = false),
      `${DEPLOYS}:shop-plan/branches`,
      /any branch of acme\/infrastructure may use the secrets/,
    ],
    [
      "reviewers",
      () => (environment("shop").isReviewed = false),
      `${DEPLOYS}:shop/reviewers`,
      /every push to main is deployed/,
    ],
  ])("may lack %s", async (_thing, spoil, id, what) => {
    spoil();
    expect(await stand.findings()).toMatchObject([{ id, level: "failure", what: expect.stringMatching(what) }]);
  });

  test("needs no reviewers where a person starts the deploy by hand", async () => {
    environment("shop").isReviewed = false;
    stand.deployer.variables.set("DEPLOY_BY_DISPATCH", "shop,other");
    expect(await stand.findings()).toEqual([]);
  });

  test("keeps no secret of a deploy for every workflow", async () => {
    stand.deployer.secrets.set("actions/RENDER_API_KEY", "2026-01-15T10:00:00Z");
    expect(await stand.findings()).toMatchObject([
      { id: `github/secret/${DEPLOYER}:RENDER_API_KEY`, level: "failure" },
    ]);
  });

  test("may be unknown, and so is what it holds where it can't be read", async () => {
    const { infrastructure: _, ...unnamed } = wholeShop();
    expect(await stand.findings(unnamed)).toMatchObject([{ id: "github/deployer", level: "undecided" }]);
    stand.online.github.strike(status(403), { at: /environments/ });
    expect((await stand.findings()).map(({ level }) => level)).toEqual(["undecided"]);
  });
});

function environment(name: string) {
  const state = stand.deployer.environments.get(name);
  if (state === undefined) throw new Error(name);
  return state;
}
