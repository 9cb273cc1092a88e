import { InvalidInput } from "../../../errors/invalid-input";
import { terraformVariables } from "../../../operations/deploy/variables";

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
