import { notPassedOn } from "../../../operations/deploy/passed-on";

test("what would change a deploy is named, without its value", () => {
  const given = { TF_CLI_ARGS: "-target=secret", NODE_OPTIONS: "--require secret", TF_VAR_x: "secret", EDITOR: "vi" };
  expect(notPassedOn(given)).toBe(
    "Terraform doesn't get NODE_OPTIONS, TF_CLI_ARGS: a deploy takes no other settings than its own\n",
  );
});

test("a process without such variables is told nothing", () => {
  expect(notPassedOn({ PATH: "/bin", TF_WORKSPACE: "", GITHUB_TOKEN: "x", GITHUB_ACTIONS: "true" })).toBe("");
});
