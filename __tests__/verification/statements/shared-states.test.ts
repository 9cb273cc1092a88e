import { STATEMENT_IDS } from "../../../policy/statements";
import { sharedStatesIn } from "../../../verification/statements/shared-states";
import { Model } from "../../../verification/terraform/model";

/** Whether two stacks keep their states in one place, or may. */
function areShared(one: object, other: object): boolean {
  const stacks = [
    { name: "one", json: { terraform: one } },
    { name: "other", json: { terraform: other } },
  ];
  return sharedStatesIn(Model.of(stacks)).length > 0;
}

const backend = (type: string, told: object): object => ({ backend: { [type]: told } });
const local = (path: string): object => backend("local", { path });
const bucket = { bucket: "state", region: "eu-central-1" };
const GITLAB = "https://gitlab.com/api/v4/projects";

test.each<[string, object, object]>([
  ["a file", local("../../../x.tfstate"), local("../../../x.tfstate")],
  ["a file, by another spelling", local("../../../x.tfstate"), local("../../.././y/../X.tfstate")],
  ["a file in the other's folder", local("../other/terraform.tfstate"), {}],
  ["a file, by a whole path", local("../../../x.tfstate"), local("/srv/project/x.tfstate")],
  ["an object of a bucket", backend("s3", { ...bucket, key: "x" }), backend("s3", { key: "x", ...bucket })],
  [
    "an object, with another lock",
    backend("s3", { ...bucket, key: "x" }),
    backend("s3", { ...bucket, key: "x", use_lockfile: true }),
  ],
  ["a prefix", backend("gcs", { bucket: "x", prefix: "a" }), backend("gcs", { bucket: "x", prefix: "a/" })],
  ["a schema of a database", backend("pg", {}), backend("pg", { schema_name: "terraform_remote_state" })],
  [
    "a workspace",
    { cloud: { organization: "x", workspaces: { name: "a" } } },
    { cloud: [{ organization: "x", workspaces: { name: "a" } }] },
  ],
  [
    "a state of GitLab, by another name of its project",
    backend("http", { address: `${GITLAB}/1/terraform/state/a` }),
    backend("http", { address: `${GITLAB}/x%2Fy/terraform/state/a` }),
  ],
  [
    "a workspace, by a block and by a backend",
    { cloud: { organization: "x", workspaces: { name: "a" } } },
    backend("remote", { hostname: "app.terraform.io", organization: "x", workspaces: [{ name: "a" }] }),
  ],
  ["a place that isn't known", backend("consul", { path: "x" }), backend("consul", { path: "x" })],
])("two stacks may share %s", (_what, one, other) => {
  expect(areShared(one, other)).toBe(true);
});

test.each<[string, object, object]>([
  ["files of their own", {}, {}],
  ["files of their own folders", local("x.tfstate"), local("x.tfstate")],
  ["files of other names", local("../../../terraform.one.tfstate"), local("../../../terraform.other.tfstate")],
  ["whole paths of other names", local("/srv/terraform.one.tfstate"), local("/srv/terraform.other.tfstate")],
  ["other objects of a bucket", backend("s3", { ...bucket, key: "one" }), backend("s3", { ...bucket, key: "other" })],
  ["objects that only the deploy names", backend("s3", bucket), backend("s3", bucket)],
  ["a bucket and a file", backend("s3", { ...bucket, key: "x" }), {}],
])("two stacks don't share %s", (_what, one, other) => {
  expect(areShared(one, other)).toBe(false);
});

test("a shared state leaves every statement of every environment undecided", () => {
  const json = { terraform: local("../../../x.tfstate") };
  const [shared] = sharedStatesIn(Model.of(["one", "other"].map((name) => ({ name, json }))));
  expect(shared).toEqual({
    statements: STATEMENT_IDS,
    unknown: {
      reason: "one and other keep their states in one place, so the apply of each destroys what the other made",
      question: "owner",
      place: { stack: "other", pointer: "/terraform" },
    },
  });
});
