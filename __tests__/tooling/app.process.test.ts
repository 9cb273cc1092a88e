import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "./seeded-project";

let folder: string;

/** A program that notes how it was started, and ends with a code. */
const noting = (program: string, code = 0) => `
  const { appendFileSync } = require("node:fs");
  const names = ["CHECKPOINT_DISABLE", "CDKTF_OUTDIR", "TF_VAR_token", "CI", "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS",
    "TF_CLI_ARGS_apply", "TF_WORKSPACE", "POLICY_UNPROVEN", "NODE_OPTIONS", "CLOUDFLARE_BASE_URL", "CLOUDFLARE_API_TOKEN"];
  const variables = Object.fromEntries(names.flatMap((name) => name in process.env ? [[name, process.env[name]]] : []));
  const started = { program: ${JSON.stringify(program)}, args: process.argv.slice(2), variables };
  appendFileSync("started", JSON.stringify(started) + "\\n");
  process.exitCode = ${String(code)};`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "launched-"));
  copyFileSync(join(ROOT, "app.mjs"), join(folder, "app.mjs"));
  write("operations/deploy/passed-on.json", readFileSync(join(ROOT, "operations/deploy/passed-on.json"), "utf8"));
  write("cdktf.json", JSON.stringify({ app: "node main.cjs" }));
  write("main.cjs", noting("app"));
  write("node_modules/cdktf-cli/package.json", '{ "name": "cdktf-cli" }');
  write("node_modules/cdktf-cli/bundle/bin/cdktf", noting("cdktf", 3));
  write("started", "");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** How a command ended, and the programs that it started. */
function launched(...args: readonly string[]) {
  return launchedWith({}, ...args);
}

function launchedWith(more: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const env = { PATH: process.env["PATH"], TF_VAR_token: "secret", ...more };
  const { status, stderr } = spawnSync(process.execPath, ["app.mjs", ...args], { cwd: folder, env, encoding: "utf8" });
  const lines = readFileSync(join(folder, "started"), "utf8").split("\n").slice(0, -1);
  return { code: status, stderr, started: lines.map((line) => JSON.parse(line) as object) };
}

const CALLS_NOBODY = { CHECKPOINT_DISABLE: "1" };

describe("npm run synth", () => {
  test("runs the app of cdktf.json alone, and gives it no secret of Terraform's", () => {
    const app = { program: "app", args: [], variables: { ...CALLS_NOBODY, CDKTF_OUTDIR: "cdktf.out" } };
    expect(launched("synth")).toEqual({ code: 0, stderr: "", started: [app] });
  });

  test("writes where it is told", () => {
    expect(launched("synth", "--output", "elsewhere").started).toMatchObject([
      { variables: { CDKTF_OUTDIR: "elsewhere" } },
    ]);
  });

  test("has what isn't proven kept where it is told", () => {
    expect(launched("synth", "--unproven", "unproven.json").started).toMatchObject([
      { variables: { CDKTF_OUTDIR: "cdktf.out", POLICY_UNPROVEN: "unproven.json" } },
    ]);
  });

  test("ends with the exit code of the app", () => {
    write("main.cjs", noting("app", 2));
    expect(launched("synth").code).toBe(2);
  });

  test("refuses what it doesn't know, and runs nothing", () => {
    expect(launched("synth", "--hcl")).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        "npm run synth takes no options but -- --output <folder> --unproven <file>",
      ) as string,
      started: [],
    });
  });
});

describe("npm run deploy", () => {
  test("hands on credentials, names what would change the deploy, and hands that to nobody", () => {
    const steering = {
      TF_CLI_ARGS_apply: "-target=x",
      TF_WORKSPACE: "other",
      NODE_OPTIONS: "--no-warnings",
      CLOUDFLARE_BASE_URL: "http://127.0.0.1:1",
    };
    const { started, stderr } = launchedWith(
      { ...steering, CLOUDFLARE_API_TOKEN: "token" },
      "deploy",
      "dev",
      "--skip-synth",
    );
    expect(started).toEqual([
      {
        program: "cdktf",
        args: expect.anything() as object,
        variables: { ...CALLS_NOBODY, TF_VAR_token: "secret", CLOUDFLARE_API_TOKEN: "token" },
      },
    ]);
    expect(stderr).toBe(
      "Terraform doesn't get CLOUDFLARE_BASE_URL, NODE_OPTIONS, TF_CLI_ARGS_apply, TF_WORKSPACE: a deploy takes no other settings than its own\n",
    );
  });

  test("synthesizes first, then hands its arguments and the secrets to cdktf deploy, which synthesizes no more", () => {
    const silent = { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true" };
    expect(launched("deploy", "dev", "-o", "elsewhere")).toEqual({
      code: 2,
      stderr: "",
      started: [
        { program: "app", args: [], variables: { ...CALLS_NOBODY, ...silent, CDKTF_OUTDIR: "elsewhere" } },
        {
          program: "cdktf",
          args: ["deploy", "dev", "-o", "elsewhere", "--skip-synth"],
          variables: { ...CALLS_NOBODY, TF_VAR_token: "secret" },
        },
      ],
    });
  });

  test("deploys nothing that isn't proven", () => {
    write("main.cjs", noting("app", 1));
    expect(launched("deploy", "dev")).toMatchObject({ code: 1, started: [{ program: "app" }] });
  });

  test("runs without a spinner where there is neither a terminal nor a question to answer", () => {
    const { started } = launched("deploy", "dev", "--auto-approve", "--skip-synth");
    const args = ["deploy", "dev", "--auto-approve", "--skip-synth", "--output", "cdktf.out"];
    expect(started).toEqual([
      { program: "cdktf", args, variables: { ...CALLS_NOBODY, TF_VAR_token: "secret", CI: "1" } },
    ]);
  });
});
