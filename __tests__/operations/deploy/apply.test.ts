import { resolve } from "node:path";
import { apply } from "../../../operations/deploy/apply";
import { terraformIn } from "../../../operations/deploy/terraform";
import { readStack } from "../../../operations/deploy/stack";
import { outputFolder } from "./support/output-folder";
import { standInPrograms } from "./support/stand-in-program";

const folder = outputFolder({ terraform: {} });
const stack = readStack(folder, "dev");

async function applied(answer: Parameters<typeof standInPrograms>[0]) {
  const programs = standInPrograms(answer);
  const terraform = terraformIn(stack, { run: programs.run, variables: {}, locks: "nowhere" });
  let heard = "";
  const onOutput = (text: string) => void (heard += text);
  const { code } = await apply(folder, stack, { run: programs.run, variables: { A: "1" }, terraform, onOutput });
  return { code, heard, programs };
}

test("deploys the one stack as it is, without asking", async () => {
  const { code, heard, programs } = await applied((line) => ({ output: line.includes(" deploy ") ? "done" : "ready" }));
  expect([code, heard]).toEqual([0, "done"]);
  const options = "--skip-synth --skip-provider-lock --ignore-missing-stack-dependencies --auto-approve --no-color";
  expect(programs.lines()).toEqual([
    "terraform init -input=false -no-color",
    `${resolve("node_modules/.bin/cdktf")} deploy dev ${options} --output ${folder}`,
  ]);
  expect(programs.calls[1]?.environment).toEqual({ A: "1", CI: "1" });
});

test("deploys nothing where Terraform refuses the providers", async () => {
  const { code, heard, programs } = await applied(() => ({ code: 1, output: "checksums differ" }));
  expect([code, heard]).toEqual([1, "checksums differ"]);
  expect(programs.lines()).toHaveLength(1);
});
