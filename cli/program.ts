import { existsSync } from "node:fs";
import { join } from "node:path";

/** Whether this is the repository of the app, with its environments. The package has none. */
export const IS_REPOSITORY = existsSync(join(__dirname, "..", "environments"));

/** How a command is called here: as a script of the repository, or by the name that the package gives it. */
export const PROGRAM = IS_REPOSITORY ? "npm run policy --" : "livestreamsell-policy";

/** A help text, whose examples call the script, with the examples as they are called here. */
export function asCalledHere(help: string): string {
  return IS_REPOSITORY ? help : help.replace(/npm run (-s )?policy --/g, PROGRAM);
}
