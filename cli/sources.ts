import { readdirSync } from "node:fs";
import { join } from "node:path";
import { textOfFile } from "../errors/user-file";
import type { WriteOptions } from "../verification/render/formats";
import type { SourceFile, Sources } from "../verification/render/sources";
import { IS_REPOSITORY, version } from "./program";
import type { Surroundings } from "./verb";

const ROOT = join(__dirname, "..");
const FOLDER = "environments";

/** The files of environments below a folder, by the names of these, as the repository names its own. */
function sourcesIn(folder: string): Sources {
  return new Map(
    namesIn(join(folder, FOLDER)).flatMap((name): readonly (readonly [string, SourceFile])[] => {
      const path = `${FOLDER}/${name}`;
      const read = textOfFile(join(folder, path), { most: 1024 * 1024, withoutLinks: true });
      return read !== undefined && "text" in read ? [[name.replace(/\.ts$/, ""), { path, text: read.text }]] : [];
    }),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "index.ts");
  } catch {
    return [];
  }
}

/**
 * How an answer is written. A log for code scanning says which tool wrote it, and stands in the files of the environments, since
 * the output folder isn't kept.
 *
 * @param folder the folder of the source
 * @default folder - the repository's, in a log
 */
export function writeOptions(
  format: string,
  { terminal, environment }: Pick<Surroundings, "terminal" | "environment">,
  folder?: string,
): WriteOptions {
  const { columns, hasColour } = terminal;
  const isLog = format === "sarif";
  const known = folder ?? (isLog && IS_REPOSITORY ? ROOT : undefined);
  return {
    ...{ columns, hasColour },
    ...(isLog ? { version: version(), home: homeIn(environment) } : {}),
    ...(known === undefined ? {} : { sources: sourcesIn(known) }),
  };
}

/** The page that explains the proof, where the repository lies on GitHub. */
function homeIn({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }: Surroundings["environment"]) {
  const isKnown = IS_REPOSITORY && server !== undefined && repository !== undefined;
  return isKnown ? `${server}/${repository}/blob/HEAD/docs/proof.md` : undefined;
}
