import { MOST_BYTES } from "../errors/user-file";
import type { Commit, Origin } from "../verification/answers/report/audit-report";
import { PROOF_FILE } from "../verification/terraform/documents";
import { inFolder } from "../verification/terraform/folder";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a report about an output folder comes from. */
export function origin(folder: string, toolVersion: string): Origin {
  const commit = commitHere();
  const proof = inFolder(folder).hash(PROOF_FILE, MOST_BYTES);
  return {
    toolVersion,
    ...(commit === undefined ? {} : { commit }),
    ...("sha256" in proof ? { proof: proof.sha256 } : {}),
  };
}

/** The commit of the repository that this is run in; undefined where there is none, or no git. */
function commitHere(): Commit | undefined {
  const [id, date] =
    git("log", "-1", "--format=%H %cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ")?.trim().split(" ") ?? [];
  if (id === undefined || date === undefined) return undefined;
  return { id, date, isChanged: git("status", "--porcelain")?.trim() !== "" };
}

function git(...args: readonly string[]): string | undefined {
  try {
    const env = { ...process.env, TZ: "UTC" };
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env });
  } catch {
    return undefined;
  }
}

const ROOT = join(__dirname, "..");

/** Where the package has the program of a report's page, bundled. */
const READY = join(ROOT, "verification", "render", "page-script.js");

/** The program of a report's page: the package has it ready; a checkout bundles it anew, so that it is never an old one. */
export function pageScript(): string {
  const bundler = join(ROOT, "bundle.mjs");
  if (!existsSync(bundler)) return readFileSync(READY, "utf8");
  return execFileSync(process.execPath, [bundler], { cwd: ROOT, encoding: "utf8" });
}
