import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../cli/run";
import { renewed } from "./blocks";

const ROOT = join(__dirname, "..", "..");

/** The documents of the project, by their paths. */
export function documents(): Readonly<Record<string, string>> {
  const paths = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)];
  return Object.fromEntries(
    paths.filter((path) => path.endsWith(".md")).map((path) => [path, readFileSync(join(ROOT, path), "utf8")]),
  );
}

/** A document with the output of its commands, run in the present folder. */
export function upToDate(document: string): Promise<string> {
  return renewed(document, async (args) => {
    let text = "";
    const take = (part: string): void => {
      text += part;
    };
    await run(args, { write: take, tell: take, isInteractive: false, columns: 80, hasColour: false }, {});
    return text;
  });
}
