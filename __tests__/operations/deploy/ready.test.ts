import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reasonsAgainst } from "../../../operations/deploy/ready";
import { readStack } from "../../../operations/deploy/stack";
import { outputFolder } from "./support/output-folder";

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
