import { readStack, reasonsAgainst } from "../../../operations/deploy/stack";
import { applied, outputFolder } from "./support/output-folder";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const PROGRAM = "assets/Appliers/0F/render-service-type.mjs";
const STACK = {
  terraform: { backend: { s3: { bucket: "state" } } },
  variable: { edge_secret_dev: { type: "string" }, region: { default: "eu" } },
  resource: { null_resource: { Worker_1: applied(PROGRAM, '{"a":1}'), ExampleValues: { lifecycle: {} } } },
};

test("a stack has its backend, its inputs without a default and its appliers", () => {
  const folder = outputFolder(STACK);
  expect(readStack(folder, "dev")).toEqual({
    environment: "dev",
    path: join(folder, "stacks/dev"),
    backend: "s3",
    providers: {},
    resources: expect.any(Function),
    variables: ["edge_secret_dev"],
    appliers: [{ address: "null_resource.Worker_1", program: PROGRAM, desiredState: '{"a":1}' }],
  });
});

test.each([
  ["no backend", {}, undefined],
  ["a local one", { backend: { local: { path: "a" } } }, "local"],
  ["HCP Terraform", { cloud: { organization: "acme" } }, "cloud"],
])("%s is told apart", (_, terraform, backend) => {
  expect(readStack(outputFolder({ terraform }), "dev").backend).toBe(backend);
});

test.each(["prod", "../dev", "dev/../dev", "", "a b"])("there is no environment %j", (name) => {
  expect(() => readStack(outputFolder(STACK), name)).toThrow("<environment>: got");
});

test("a folder without any stack is the problem, and no environment is", () => {
  expect(() => readStack("nowhere", "dev")).toThrow("nowhere: got no stack; allowed: the output folder of a synth");
});

test.each(["", "{", "[]", '{"terraform":{"backend":7}}'])("%j is no stack", (text) => {
  expect(() => readStack(outputFolder(text), "dev")).toThrow("stacks/dev/cdk.tf.json: got");
});

test.each(["/bin/sh", "../assets/a.mjs", "assets/../../a.mjs", "assets/a.sh", "--eval=1.mjs"])(
  "%j is no program of the stack's own",
  (program) => {
    const resource = { null_resource: { Worker_1: applied(program, "{}") } };
    expect(() => readStack(outputFolder({ ...STACK, resource }), "dev")).toThrow("a program of the stack's assets");
  },
);

const PROOF = '{"format":1}';
const HASH = createHash("sha256").update(PROOF).digest("hex");

function reasons(
  terraform: object,
  changed: readonly string[] | undefined,
  approvedProof?: string,
  unproven: readonly string[] = [],
): readonly string[] {
  const folder = outputFolder({ terraform });
  writeFileSync(join(folder, "proof.json"), PROOF);
  const approved = approvedProof === undefined ? {} : { approvedProof };
  return reasonsAgainst({ folder, stack: readStack(folder, "dev"), changed, unproven, ...approved });
}

const REMOTE = { backend: { s3: {} } };

test("what was proven and approved may be deployed where its state is kept elsewhere", () => {
  expect(reasons(REMOTE, [], HASH)).toEqual([]);
  expect(reasons(REMOTE, [])).toEqual([]);
});

test.each([
  ["a local backend", { backend: { local: {} } }, [], HASH, "the state of dev is in a local file"],
  ["no backend", {}, [], HASH, "the state of dev is in a local file"],
  ["no proof", REMOTE, undefined, HASH, "nothing in it was proven"],
  ["another file", REMOTE, ["stacks/dev/cdk.tf.json"], HASH, "stacks/dev/cdk.tf.json isn't the file that was proven"],
  ["another proof", REMOTE, [], "0".repeat(64), `proof.json is ${HASH}`],
  ["an empty approval", REMOTE, [], "", `proof.json is ${HASH}`],
])("%s is a reason against it", (_, terraform, changed, approved, reason) => {
  expect(reasons(terraform, changed, approved)).toEqual([expect.stringContaining(reason)]);
});

test("what Terraform would take as installed, and nobody has proven, is a reason against it", () => {
  const provider = "stacks/dev/.terraform/providers/registry.terraform.io/a/b/1.0.0/linux_amd64/terraform-provider-b";
  expect(reasons(REMOTE, [], HASH, [provider])).toEqual([
    expect.stringMatching(`^${provider} isn't from a synth: .* --used`),
  ]);
});
