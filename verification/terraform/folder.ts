import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import type { Policy } from "../../policy/policy";
import { type Output, policiesOf, readOutput } from "./output";
import { type Content, type Source, unreadable, upTo } from "./source";

/**
 * Reads an output folder with the policies that stand in it.
 *
 * @throws {InvalidInput} naming every file that can't be read, with what was got and what is allowed
 */
export function readOutputFolder(folder: string): Output {
  return readOutput(inFolder(folder));
}

/**
 * Reads the policies that stand in an output folder.
 *
 * @throws {InvalidInput} as `readOutputFolder`
 */
export function readPolicies(folder: string): readonly Policy[] {
  return policiesOf(inFolder(folder));
}

/** The files of an output folder. A link is a file, wherever it leads. */
export function inFolder(folder: string): Source {
  return {
    name: `the output folder ${folder}`,
    paths: () =>
      filesWithin(folder)
        .map((path) => relative(folder, path).split(sep).join(posix.sep))
        .sort(),
    read: (path, most) => contentOf(join(folder, path), most),
  };
}

function filesWithin(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesWithin(path) : [path];
  });
}

/** Only a regular file is read: a pipe or a device may never end. */
function contentOf(path: string, most?: number): Content | undefined {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return unreadable(stat.isDirectory() ? "a folder" : "no regular file");
    return upTo(most, stat.size, () => readFileSync(path));
  } catch (error) {
    const { code = "an error" } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? undefined : unreadable(code);
  }
}
