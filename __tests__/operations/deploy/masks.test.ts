import { maskCommands } from "../../../operations/deploy/masks";

const CI = { GITHUB_ACTIONS: "true" };

test("the runner of a workflow is told to hide the value of every line, once", () => {
  const lines = "edge_secret_guest=a=b\r\n\nsnyk_token=token\nother=token\n";
  expect(maskCommands({ ...CI, TERRAFORM_VARIABLES: lines })).toEqual(["::add-mask::a=b", "::add-mask::token"]);
});

test("a value is written as the runner reads it", () => {
  expect(maskCommands({ ...CI, TERRAFORM_VARIABLES: "a=50%0A::x" })).toEqual(["::add-mask::50%250A::x"]);
});

test.each([
  ["outside of a workflow", { TERRAFORM_VARIABLES: "a=secret" }],
  ["where a runner's output isn't read", { GITHUB_ACTIONS: "", TERRAFORM_VARIABLES: "a=secret" }],
  ["without further inputs", CI],
  ["of what is no line", { ...CI, TERRAFORM_VARIABLES: "secret\nA=secret\na=" }],
])("%s nothing is said", (_, variables) => {
  expect(maskCommands(variables)).toEqual([]);
});
