import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

/** Where the package has the program of a report's page, bundled. */
const READY = join(ROOT, "verification", "render", "page-script.js");

/** The program of a report's page: the package has it ready; a checkout bundles it anew, so that it is never an old one. */
export function pageScript(): string {
  const bundler = join(ROOT, "bundle.mjs");
  if (!existsSync(bundler)) return readFileSync(READY, "utf8");
  return execFileSync(process.execPath, [bundler], { cwd: ROOT, encoding: "utf8" });
}
