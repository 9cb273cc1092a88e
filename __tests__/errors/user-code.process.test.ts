import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const GOOD = `import { Webhook, ApiHosts } from ${JSON.stringify(join(ROOT, "policy"))};\n`;

/** A mistake of a user's module, and the line that says so. */
const MISTAKES: readonly (readonly [name: string, source: string, line: string])[] = [
  [
    "a syntax error",
    "export const a = [1;\n",
    'environments/mine.ts:1:20: got a syntax error: Expected "]" but found ";"; allowed: TypeScript',
  ],
  [
    "a name that isn't declared",
    "\nexport const a = Zoen;\n",
    "environments/mine.ts:2:18: got ReferenceError: Zoen is not defined; allowed: code that runs",
  ],
  [
    "a member that a noun doesn't have",
    `${GOOD}export const a = Webhook.metta("/webhooks/meta");\n`,
    "environments/mine.ts:2:26, Webhook: got Webhook.metta; allowed: Webhook.meta, Webhook.from; change: did you mean Webhook.meta?",
  ],
  [
    "a vendor that isn't known",
    `${GOOD}export const a = ApiHosts.OPEN_AI;\n`,
    "environments/mine.ts:2:27, ApiHosts: got ApiHosts.OPEN_AI; allowed: ApiHosts.ANTHROPIC, ApiHosts.GOOGLE_GEMINI, ApiHosts.MISTRAL, ApiHosts.OPENAI, ApiHosts.MERCADO_PAGO, ApiHosts.PAYPAL, ApiHosts.STRIPE, ApiHosts.of; change: did you mean ApiHosts.OPENAI?",
  ],
  [
    "a module that isn't there",
    'import { Zone } from "../polcy";\nexport const a = Zone;\n',
    "environments/mine.ts: got Cannot find module '../polcy'; allowed: a module that is there",
  ],
];

/** Loads the module of each mistake, in one process; one line for each error. */
function loaded(): readonly string[] {
  const place = mkdtempSync(join(tmpdir(), "user-code-"));
  try {
    const folders = MISTAKES.map(([, source], index) => {
      const folder = join(place, String(index), "environments");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "mine.ts"), source);
      return folder;
    });
    const program = join(place, "program.ts");
    const userCode = JSON.stringify(join(ROOT, "errors", "user-code"));
    writeFileSync(
      program,
      `import { loadedFrom } from ${userCode};
       async function main() {
         for (const folder of ${JSON.stringify(folders)}) {
           process.chdir(folder + "/..");
           await loadedFrom(folder, () => import(folder + "/mine.ts")).catch((error) => console.log(error.message));
         }
       }
       void main();`,
    );
    const tsx = join(ROOT, "node_modules", "tsx", "dist", "loader.mjs");
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", `file://${tsx}`, program], {
      encoding: "utf8",
    });
    return `${stdout}${stderr}`.split("\n").filter((line) => line.startsWith("  - "));
  } finally {
    rmSync(place, { recursive: true });
  }
}

test("a mistake in the code of a user is one line with its file and place", () => {
  expect(loaded()).toEqual(MISTAKES.map(([, , line]) => `  - ${line}`));
});
