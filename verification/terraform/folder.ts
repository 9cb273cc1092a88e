import { type Dirent, existsSync, opendirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { contentOf, hashOfFile, MOST_BYTES, reasonOf, strangeness } from "../../errors/user-file";
import type { Policy } from "../../policy/policy";
import { isTerraformsOwn } from "./beside";
import { type Output, policiesOf, readOutput } from "./output";
import type { Listing, Source } from "./source";

/**
 * Reads an output folder with the policies that stand in it.
 *
 * @throws {InvalidInput} naming every file that can't be read, with what was got and what is allowed
 */
export function readOutputFolder(folder: string): Output {
  return readOutput(inFolder(present(folder)));
}

/**
 * Reads the policies that stand in an output folder.
 *
 * @throws {InvalidInput} as `readOutputFolder`
 */
export function readPolicies(folder: string): readonly Policy[] {
  return policiesOf(inFolder(present(folder)));
}

/** A folder that a synth wrote, or the one problem with it: each file that it lacks would be another. */
function present(folder: string): string {
  const got = otherThanOutput(folder);
  if (got === undefined) return folder;
  const problem = { at: folder, got, allowed: "the output folder of a synth, such as cdktf.out" };
  throw new InvalidInput("the output folder", [{ ...problem, change: "synthesize, or name another folder" }]);
}

/** The most entries that are listed: more than any app and its providers have. */
const MOST_ENTRIES = 100_000;

/**
 * The files of an output folder. A synth writes regular files alone: a link is a problem, wherever it leads, but for those that
 * Terraform keeps.
 *
 * @param part the folder within it that is listed; the paths stay those of the whole
 * @param most the files and folders that are listed at most; as many are a problem
 */
export function inFolder(folder: string, part = "", most = MOST_ENTRIES): Source {
  return {
    name: `the output folder ${folder}`,
    list: () => listed(folder, part, most),
    read: (path, most = MOST_BYTES) => contentOf(join(folder, path), { most, withoutLinks: true }),
    hash: (path, most) => hashOfFile(join(folder, path), { most, withoutLinks: true }),
  };
}

function otherThanOutput(folder: string): string | undefined {
  if (!existsSync(folder)) return "no such folder";
  if (!statSync(folder).isDirectory()) return "no folder";
  const written = ["policy.json", "manifest.json"];
  return written.some((name) => existsSync(join(folder, name)))
    ? undefined
    : `a folder without ${written.join(" and ")}`;
}

function listed(folder: string, part: string, most: number): Listing {
  const paths: string[] = [];
  const problems: Problem[] = [];
  const folders = [part];
  let count = 0;
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    const complain = (at: string, got: string, allowed: string) => problems.push({ at: at || folder, got, allowed });
    const problem = forEachEntry(join(folder, path), (entry) => {
      count += 1;
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      const strange = entry.isDirectory() ? undefined : strangeness(entry);
      if (entry.isDirectory()) folders.push(inner);
      else if (strange === undefined || isTerraformsOwn(inner)) paths.push(inner);
      else complain(inner, strange, "regular files and folders");
      return count < most;
    });
    const isAbsent = problem === "no such file" && path === part;
    if (problem !== undefined && !isAbsent) complain(path, problem, "a folder that can be listed");
    if (count < most) continue;
    complain("", `${most} files and folders or more`, `fewer than ${most}`);
    break;
  }
  return { paths: paths.sort(), problems: problems.sort((one, other) => (one.at < other.at ? -1 : 1)) };
}

/**
 * Looks at each entry of a folder, one at a time: all of them together may be too many to hold.
 *
 * @param look returns whether to go on
 * @returns why the folder can't be listed, or undefined
 */
function forEachEntry(path: string, look: (entry: Dirent) => boolean): string | undefined {
  try {
    const entries = opendirSync(path);
    try {
      let entry = entries.readSync();
      while (entry !== null && look(entry)) entry = entries.readSync();
    } finally {
      entries.closeSync();
    }
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
