import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECT = join(__dirname, "../..");

/** How main.ts ends with another \`environments/index.ts\`, and what it leaves where an earlier synth had left something. */
async function endOf(environments: string, earlier = ["manifest.json", "proof.json", "stacks/old/cdk.tf.json"]) {
  const folder = mkdtempSync(join(tmpdir(), "main-"));
  try {
    const rooms = ["gate", "stacks", "errors", "network", "policy", "constructs", "verification", "appliers"];
    for (const name of [...rooms, "node_modules", "tsconfig.json"])
      symlinkSync(join(PROJECT, name), join(folder, name));
    copyFileSync(join(PROJECT, "main.ts"), join(folder, "main.ts"));
    for (const name of ["environments", "cdktf.out/stacks/old"]) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, "environments/index.ts"), environments);
    for (const path of earlier) {
      writeFileSync(join(folder, "cdktf.out", path), "{}");
    }
    const { code, told } = await run(folder);
    return { code, told, left: readdirSync(join(folder, "cdktf.out"), { recursive: true }).map(String).sort() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(folder: string): Promise<{ readonly code: number | null; readonly told: string }> {
  return new Promise((resolve, reject) => {
    const { CDKTF_OUTDIR: _, ...env } = process.env;
    const child = spawn(process.execPath, ["--import", join(PROJECT, "node_modules/tsx/dist/loader.mjs"), "main.ts"], {
      cwd: folder,
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "ignore", "pipe"],
      timeout: 60_000,
    });
    let told = "";
    child.stderr.on("data", (chunk: Buffer) => void (told += chunk.toString("utf8")));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, told });
    });
  });
}

const NOTHING = ["stacks", "stacks/old"];

test("npm run synth ends with the line that the README shows, and warns of example values once for each environment", () => {
  const outdir = mkdtempSync(join(tmpdir(), "shipped-"));
  try {
    const launched = [join(PROJECT, "app.mjs"), "synth", "--output", outdir];
    const { status, stdout, stderr } = spawnSync(process.execPath, launched, { cwd: PROJECT, encoding: "utf8" });
    const shown = stdout.replace(`verify ${outdir}.`, "verify.").replace(/[0-9a-f]{64}/, "<hash>");
    expect(status).toBe(0);
    expect(shown).toMatch(/^\d+ statements proven .* proof sha256 <hash>\n$/);
    expect(readFileSync(join(PROJECT, "README.md"), "utf8")).toContain(`\`\`\`console\n${shown}\`\`\`\n`);
    expect(stderr.split("\n").filter((line) => /example values/.test(line))).toHaveLength(3);
    expect(stdout + stderr).not.toContain("\u001b");
  } finally {
    rmSync(outdir, { recursive: true });
  }
}, 60_000);

test("main.ts says what is wrong with an environment, and leaves nothing whatever is wrong", async () => {
  const [broken, unreadable] = await Promise.all([
    endOf('export const environments = [{ name: "Shop", zone: { kind: "owned" }, hosts: {} }];'),
    endOf("export const environments = ["),
  ]);
  expect(broken).toMatchObject({ code: 2, left: NOTHING });
  expect(broken.told).toMatch(/^the policy has \d+ problems:\n/m);
  expect(broken.told).toContain('Shop.name: got "Shop"; allowed: a name of 1 to 20 lower-case letters');
  expect(broken.told).not.toMatch(/^\s+at /m);
  expect(unreadable).toMatchObject({ code: 2, left: NOTHING });
  expect(unreadable.told).toContain("  - environments/index.ts:1:30: got a syntax error: ");
  expect(unreadable.told).not.toMatch(/^\s+at /m);
}, 60_000);

test("main.ts touches nothing, and ends with 2, where Terraform would read a file beside a stack that no synth wrote", async () => {
  const earlier = ["manifest.json", "stacks/old/cdk.tf.json", "stacks/old/terraform.tfvars"];
  const { code, told, left } = await endOf("export const environments = [", earlier);
  expect({ code, left }).toEqual({ code: 2, left: [...NOTHING, ...earlier].sort() });
  expect(told).toMatch(
    /^the output folder cdktf.out has 1 problem:\n {2}- stacks\/old\/terraform.tfvars: got [^\n]+\n$/,
  );
}, 60_000);

test("a fault of an app ends with 2, since nothing is known, and shows where it is", () => {
  const outdir = mkdtempSync(join(tmpdir(), "fault-"));
  try {
    const app = 'require("./gate/synthesize").synthesize(() => { throw new TypeError("boom"); })';
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    const launched = ["--import", "tsx", "-e", app];
    const { status, stderr } = spawnSync(process.execPath, launched, { cwd: PROJECT, env, encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^TypeError: boom\n {4}at /);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});
