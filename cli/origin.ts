import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Commit, Origin } from "../verification/answers/report/audit-report";

/** Where a report about an output folder comes from. */
export function origin(folder: string, toolVersion: string): Origin {
  const proof = join(folder, "proof.json");
  const commit = commitHere();
  return {
    toolVersion,
    ...(commit === undefined ? {} : { commit }),
    ...(existsSync(proof) ? { proof: createHash("sha256").update(readFileSync(proof)).digest("hex") } : {}),
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
