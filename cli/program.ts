import { IS_REPOSITORY } from "../verification/commands";

export { IS_REPOSITORY };

/** How a command is called here: as a script of the repository, or by the name that the package gives it. */
export const PROGRAM = IS_REPOSITORY ? "npm run policy --" : "livestreamsell-policy";

/** A help text, whose examples call the script, with the examples as they are called here. */
export function asCalledHere(help: string): string {
  return IS_REPOSITORY ? help : help.replace(/npm run (-s )?policy --/g, PROGRAM);
}
