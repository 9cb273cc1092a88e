import { relative, sep } from "node:path";
import { InvalidInput, type Problem } from "./invalid-input";

/**
 * Loads code of a user. A mistake in it is bad input with its file and line, as a mistake in the user's data is.
 *
 * @param folder the folder of the code, as an absolute path
 * @param load imports it
 * @throws {InvalidInput} where the code has a mistake; any other error as it is
 */
export async function loadedFrom<T>(folder: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const problems = error instanceof Error ? mistakesIn(folder, error) : [];
    if (problems.length === 0) throw error;
    throw new InvalidInput(`the code in ${fromHere(folder)}`, problems);
  }
}

function mistakesIn(folder: string, error: Error): readonly Problem[] {
  const place = placeIn(folder, error);
  if (place === undefined) return [];
  if (error instanceof InvalidInput)
    return error.problems.map((problem) => ({ ...problem, at: `${place}, ${problem.at}` }));
  const [kind, allowed] =
    "requireStack" in error ? ["", "a module that is there"] : [`${error.name}: `, "code that runs"];
  // esbuild says in one line where and what. It counts columns from 0, and editors from 1.
  const [, syntax] = /: ERROR: (.+)/.exec(error.message) ?? [];
  if (syntax !== undefined) {
    const at = place.replace(/\d+$/, (column) => String(Number(column) + 1));
    return [{ at, got: `a syntax error: ${syntax}`, allowed: "TypeScript" }];
  }
  return [{ at: place, got: `${kind}${error.message.split("\n")[0] ?? ""}`, allowed }];
}

/** The first place in the folder that an error names, as `environments/staging.ts:21:42`. */
function placeIn(folder: string, { message, stack = "" }: Error): string | undefined {
  const lines = `${message}\n${stack}`.split("\n").filter((line) => line.includes(folder + sep));
  const [place] = lines.map((line) => line.slice(line.indexOf(folder + sep)));
  const [found] = /^.+?\.[cm]?[jt]s(?::\d+)*/.exec(place ?? "") ?? [];
  return found === undefined ? undefined : fromHere(found);
}

const fromHere = (path: string): string => relative(process.cwd(), path);
