import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IS_REPOSITORY } from "../verification/render/commands";

export { IS_REPOSITORY };

/** The version in package.json, which lies above the rooms, or above the build that holds them. */
export function version(): string {
  const path = join(__dirname, IS_REPOSITORY ? ".." : "../..", "package.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly version: string }).version;
}

/** How a command is called here: as a script of the repository, or by the name that the package gives it. */
export const PROGRAM = IS_REPOSITORY ? "npm run -s policy --" : "livestreamsell-policy";

/** A help text, whose examples call the script, with the examples as they are called here. */
export function asCalledHere(help: string): string {
  return IS_REPOSITORY ? help : help.replaceAll("npm run -s policy --", PROGRAM);
}
