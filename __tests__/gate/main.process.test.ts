import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECT = join(__dirname, "../..");

/** How main.ts ends with another \`environments/index.ts\`, and what it leaves where an earlier synth had left something. */
async function endOf(environments: string) {
  const folder = mkdtempSync(join(tmpdir(), "main-"));
  try {
    const rooms = ["gate", "stacks", "errors", "network", "policy", "constructs", "verification", "appliers"];
    for (const name of [...rooms, "node_modules", "tsconfig.json"])
      symlinkSync(join(PROJECT, name), join(folder, name));
    copyFileSync(join(PROJECT, "main.ts"), join(folder, "main.ts"));
    for (const name of ["environments", "cdktf.out/stacks/old"]) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, "environments/index.ts"), environments);
    for (const path of ["manifest.json", "proof.json", "stacks/old/cdk.tf.json"]) {
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

test("main.ts says what is wrong with an environment, and leaves nothing whatever is wrong", async () => {
  const [broken, unreadable] = await Promise.all([
    endOf('export const environments = [{ name: "Shop", zone: { kind: "owned" }, hosts: {} }];'),
    endOf("export const environments = ["),
  ]);
  expect(broken).toMatchObject({ code: 2, left: NOTHING });
  expect(broken.told).toMatch(/^the policy has \d+ problems:\n/m);
  expect(broken.told).toContain('Shop.name: got "Shop"; allowed: a name of 1 to 20 lower-case letters');
  expect(broken.told).not.toMatch(/^\s+at /m);
  expect(unreadable).toMatchObject({ code: 1, left: NOTHING });
}, 60_000);
