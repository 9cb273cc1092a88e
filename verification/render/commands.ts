import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** Whether this is the repository of the app, with its environments. The package has none. */
export const IS_REPOSITORY = existsSync(join(ROOT, "environments"));

/** The folder that a synth writes, unless it is told otherwise. */
const OUTPUT = "cdktf.out";

/** The command that shows what the proof of an output folder rests on, as it is called here. */
export function verifyCommand(folder: string): string {
  const program = IS_REPOSITORY ? "npm run -s policy --" : "npx livestreamsell-policy";
  // npm runs a script in the folder of its package.json.
  const path = relative(IS_REPOSITORY ? ROOT : process.cwd(), resolve(folder));
  if (path === OUTPUT) return `${program} verify`;
  return `${program} verify ${quoted(path.startsWith("..") || isAbsolute(path) ? resolve(folder) : path)}`;
}

function quoted(argument: string): string {
  return /^[\w./:@+-]+$/.test(argument) ? argument : `"${argument.replace(/["\\$`]/g, "\\$&")}"`;
}
