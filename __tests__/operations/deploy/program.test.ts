import { InvalidInput } from "../../../errors/invalid-input";
import { maskCommands, notPassedOn, runProgram, terraformVariables } from "../../../operations/deploy/program";

const node = (script: string, environment: Readonly<Record<string, string>> = {}) =>
  runProgram({ command: [process.execPath, "-e", script], folder: ".", environment });

test("a program's outputs are heard as they come, and kept", async () => {
  const heard: string[] = [];
  const command = [process.execPath, "-e", "console.log('out'); console.error('err'); process.exitCode = 3"] as const;
  const ended = await runProgram({ command, folder: ".", environment: {} }, (text) => heard.push(text));
  expect(ended.code).toBe(3);
  expect(ended.output.split("\n").sort()).toEqual(["", "err", "out"]);
  expect(heard.join("")).toBe(ended.output);
});

test("a variable that is empty isn't set, and nothing else is handed on", async () => {
  const script = "console.log(JSON.stringify(process.env))";
  expect(JSON.parse((await node(script, { A: "1", B: "" })).output)).toEqual({ A: "1" });
});

test("what isn't there, and what is killed, has no exit code", async () => {
  const missing = await runProgram({ command: ["./no-such-program"], folder: ".", environment: {} });
  const output = "./no-such-program can't be started: there is no such program on PATH\n";
  expect(missing).toEqual({ code: undefined, output });
  expect((await node("process.kill(process.pid, 'SIGKILL')")).code).toBeUndefined();
});

test("arguments reach the program as they are: there is no shell", async () => {
  const script = "console.log(process.argv[1])";
  const command = [process.execPath, "-e", script, "$(echo a); `b`"] as const;
  expect((await runProgram({ command, folder: ".", environment: {} })).output).toBe("$(echo a); `b`\n");
});

const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";
const stack = (...variables: readonly string[]) => ({ environment: "eu-dev", variables });

test("the environment's own edge secret needs no name", () => {
  const variables = terraformVariables(stack("edge_secret_eu_dev"), { EDGE_SECRET: SECRET, PATH: "/bin" });
  expect(variables).toMatchObject({ TF_VAR_edge_secret_eu_dev: SECRET, PATH: "/bin" });
});

test("those of guests, and whatever else the stack asks for, have a line each", () => {
  const lines = `edge_secret_guest=a=b\r\n\nsnyk_token=${SECRET}\n`;
  const variables = terraformVariables(stack("edge_secret_guest", "snyk_token"), { TERRAFORM_VARIABLES: lines });
  expect(variables).toMatchObject({ TF_VAR_edge_secret_guest: "a=b", TF_VAR_snyk_token: SECRET });
});

test("a variable of Terraform's own form wins", () => {
  const given = { TF_VAR_edge_secret_eu_dev: "theirs", EDGE_SECRET: "ours" };
  expect(terraformVariables(stack("edge_secret_eu_dev"), given)).toMatchObject({ TF_VAR_edge_secret_eu_dev: "theirs" });
});

test("only what the stack asks for is handed on, and nothing in another form", () => {
  const given = { EDGE_SECRET: SECRET, TERRAFORM_VARIABLES: `other=${SECRET}` };
  expect(JSON.stringify(terraformVariables(stack(), given))).not.toContain(SECRET);
});

test("whatever else could change what is deployed stays out", () => {
  const credentials = {
    PATH: "/bin",
    CLOUDFLARE_API_TOKEN: "a",
    AWS_SECRET_ACCESS_KEY: "b",
    HTTPS_PROXY: "http://127.0.0.1:1",
  };
  const steering = {
    ...{
      TF_CLI_ARGS: "-target=x",
      TF_CLI_ARGS_apply: "-target=x",
      TF_WORKSPACE: "x",
      TF_DATA_DIR: "/x",
      TF_LOG: "TRACE",
    },
    ...{ TF_CLI_CONFIG_FILE: "/x", TF_REATTACH_PROVIDERS: "{}", TF_VAR_other: "x", NODE_OPTIONS: "--require /x" },
    ...{ CLOUDFLARE_BASE_URL: "http://127.0.0.1:1", GITHUB_BASE_URL: "http://127.0.0.1:1", GITHUB_OWNER: "x" },
    ...{ GITHUB_ORGANIZATION: "x", AWS_ENDPOINT_URL: "http://127.0.0.1:1", LD_PRELOAD: "/x" },
  };
  const own = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  expect(terraformVariables(stack(), { ...credentials, ...steering })).toEqual({ ...credentials, ...own });
});

test("what has no value is named, with every line that isn't one, and no secret is shown", () => {
  const given = { EDGE_SECRET: "", TERRAFORM_VARIABLES: `${SECRET}\nEdge=${SECRET}\nempty=` };
  let message = "";
  try {
    terraformVariables(stack("edge_secret_eu_dev", "snyk_token"), given);
  } catch (error) {
    message = error instanceof InvalidInput ? error.message : "";
  }
  expect(message.split("\n").slice(1)).toEqual([
    expect.stringContaining("TERRAFORM_VARIABLES line 1"),
    expect.stringContaining("TERRAFORM_VARIABLES line 2"),
    expect.stringContaining("TERRAFORM_VARIABLES line 3"),
    expect.stringContaining("edge_secret_eu_dev: got a secret that is not set"),
    expect.stringContaining("snyk_token: got a secret that is not set"),
  ]);
  expect(message).not.toContain(SECRET);
});

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

test("what would change a deploy is named, without its value", () => {
  const given = { TF_CLI_ARGS: "-target=secret", NODE_OPTIONS: "--require secret", TF_VAR_x: "secret", EDITOR: "vi" };
  expect(notPassedOn(given)).toBe(
    "Terraform doesn't get NODE_OPTIONS, TF_CLI_ARGS: a deploy takes no other settings than its own\n",
  );
});

test("a process without such variables is told nothing", () => {
  expect(notPassedOn({ PATH: "/bin", TF_WORKSPACE: "", GITHUB_TOKEN: "x", GITHUB_ACTIONS: "true" })).toBe("");
});
