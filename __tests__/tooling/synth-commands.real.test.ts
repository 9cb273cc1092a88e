import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless, whyNoRegistry } from "../support/describe-unless";
import { ROOT } from "./seeded-project";

const MINUTES = 600_000;
const CDKTN_CLI = "cdktn-cli@0.24.0";
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const whyNoCdktn = major > 22 || (major === 22 && minor >= 19) ? undefined : `${CDKTN_CLI} needs Node.js 22.19`;

const folder = mkdtempSync(join(tmpdir(), "synth-commands-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Every file that a command writes into an output folder, by its path. */
function written(name: string, command: string, ...args: readonly string[]): Readonly<Record<string, string>> {
  const outdir = join(folder, name);
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, CDKTF_OUTDIR: outdir, CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${String(status)}:\n${stdout}${stderr}`);
  const paths = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name: file }) => join(parentPath, file));
  return Object.fromEntries(paths.map((path) => [path.slice(outdir.length), readFileSync(path, "utf8")]));
}

const byApp = written("app", process.execPath, "--import", "tsx", "main.ts");

test(
  "npx cdktf synth writes the same bytes as the app",
  () => {
    expect(written("cdktf", "npx", "cdktf", "synth", "--output", join(folder, "cdktf"))).toEqual(byApp);
  },
  MINUTES,
);

describeUnless([whyNoCdktn, whyNoRegistry()], "the CLI of cdktf's successor", () => {
  test(
    "writes the same bytes as the app",
    () => {
      const args = ["--yes", CDKTN_CLI, "synth", "--output", join(folder, "cdktn")];
      expect(written("cdktn", "npx", ...args)).toEqual(byApp);
    },
    MINUTES,
  );
});
