import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockProviders, terraformIn } from "../../operations/deploy/terraform";
import { runProgram } from "../../operations/deploy/program";
import { readStack } from "../../operations/deploy/stack";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { whyNoProviders } from "../support/provider-mirror";

const PROJECT = join(__dirname, "../..");
const PROGRAM = "assets/Appliers/0F/set-file.mjs";

/** An applier whose platform is a file: `--check` compares, without it the file is written. */
const applierOf = (platform: string): string => `import { existsSync, readFileSync, writeFileSync } from "node:fs";
const PLATFORM = ${JSON.stringify(platform)};
const { DESIRED_STATE } = process.env;
const live = existsSync(PLATFORM) ? readFileSync(PLATFORM, "utf8") : "";
if (process.argv.includes("--check")) {
  console.log(live === DESIRED_STATE ? "in force" : "differs");
  process.exitCode = live === DESIRED_STATE ? 0 : 1;
} else writeFileSync(PLATFORM, DESIRED_STATE);
`;

const STATE = '{"open":false}';

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders({ null: "3.2.4" })],
  "a deploy by the command, of a stack with one applier",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "deployment-"));
    const output = join(folder, "cdktf.out");
    const platform = join(folder, "platform");

    beforeAll(() => {
      const stack = join(output, "stacks/dev");
      mkdirSync(join(stack, "assets/Appliers/0F"), { recursive: true });
      writeFileSync(join(stack, PROGRAM), applierOf(platform));
      // A deploy takes the CLI configuration of its home alone.
      const configuration = readFileSync(String(process.env["TF_CLI_CONFIG_FILE"]), "utf8");
      writeFileSync(join(folder, ".terraformrc"), configuration);
      const environment = { APPLIER: PROGRAM, DESIRED_STATE: STATE };
      const localExec = { interpreter: ["/bin/sh", "-ceu"], command: 'node "$APPLIER"', environment };
      const json = {
        "//": { metadata: { backend: "local", stackName: "dev", version: "0.21.0" } },
        terraform: {
          backend: { local: { path: "../../../terraform.dev.tfstate" } },
          required_providers: { null: { source: "hashicorp/null", version: "3.2.4" } },
        },
        variable: { edge_secret_dev: { type: "string", sensitive: true } },
        resource: {
          null_resource: { Closed: { triggers: { state: STATE }, provisioner: [{ "local-exec": localExec }] } },
        },
      };
      writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(json));
      const described = {
        name: "dev",
        constructPath: "dev",
        workingDirectory: "stacks/dev",
        synthesizedStackPath: "stacks/dev/cdk.tf.json",
        annotations: [],
        dependencies: [],
      };
      writeFileSync(join(output, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks: { dev: described } }));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";
    const deployment = (verb: string, ...options: readonly string[]) => {
      const env = { PATH: process.env["PATH"], HOME: folder, EDGE_SECRET: SECRET };
      const args = ["--import", "tsx", "cli/main.ts", "deployment", verb, "dev", output, ...options];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: PROJECT, env, encoding: "utf8" });
      const said = stdout + stderr;
      expect(said).not.toContain(SECRET);
      return { code: status, said };
    };

    test("before the first apply there are changes, and the applier's state isn't in force", () => {
      expect(deployment("plan").code).toBe(1);
      expect(deployment("plan", "--changes-allowed").code).toBe(0);
      expect(deployment("appliers").code).toBe(1);
      expect(deployment("appliers", "--taint")).toEqual({
        code: 0,
        said: "differs\nnull_resource.Closed isn't in the state yet: the deploy runs it\n",
      });
    });

    test("the apply runs the applier, and afterwards nothing would change", () => {
      const { code, said } = deployment("apply");
      expect([code, said]).toEqual([0, expect.stringContaining("1 added")]);
      expect(readFileSync(platform, "utf8")).toBe(STATE);
      expect(deployment("plan").code).toBe(0);
      expect(deployment("appliers").code).toBe(0);
    });

    test("what was changed on the platform is seen, tainted, and closed by the next apply", () => {
      writeFileSync(platform, '{"open":true}');
      expect(deployment("plan").code).toBe(0);
      expect(deployment("appliers").code).toBe(1);
      expect(deployment("appliers", "--taint").said).toContain("null_resource.Closed is tainted");
      expect(deployment("plan").code).toBe(1);
      expect(deployment("apply").code).toBe(0);
      expect(readFileSync(platform, "utf8")).toBe(STATE);
      expect([deployment("plan").code, deployment("appliers").code]).toEqual([0, 0]);
    });

    test("the checksums of the providers are written once, and kept to", async () => {
      const stack = readStack(output, "dev");
      const locks = join(folder, "provider-locks");
      const mirror = /path\s*=\s*"([^"]+)"/.exec(readFileSync(String(process.env["TF_CLI_CONFIG_FILE"]), "utf8"))?.[1];
      const surroundings = { run: runProgram, variables: process.env, locks };
      const platforms = ["linux_amd64"];
      const locked = await lockProviders(stack, { ...surroundings, platforms, mirror: String(mirror) });
      expect(locked).toMatchObject({ code: 0 });
      const committed = join(locks, "dev.terraform.lock.hcl");
      expect((await terraformIn(stack, surroundings).init()).code).toBe(0);

      const forged = readFileSync(committed, "utf8").replace(/h1:[^"]+/, `h1:${"A".repeat(43)}=`);
      writeFileSync(committed, forged);
      const refused = await terraformIn(stack, surroundings).init();
      expect([refused.code, refused.output]).toEqual([1, expect.stringContaining("checksums")]);
      rmSync(join(stack.path, ".terraform.lock.hcl"));
    });

    test("an apply that fails says so", () => {
      writeFileSync(platform, "{}");
      deployment("appliers", "--taint");
      const stack = join(output, "stacks/dev", PROGRAM);
      writeFileSync(stack, "process.exitCode = 1;");
      const { code, said } = deployment("apply");
      expect([code, said]).toEqual([1, expect.stringContaining("local-exec provisioner error")]);
    });
  },
);
