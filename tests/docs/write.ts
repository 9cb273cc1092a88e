import { writeFileSync } from "node:fs";
import { documents, upToDate } from "./documents";
import { inShownFolders } from "./shown-folders";

/** `npm run docs`: writes the present output of the commands into the documents. */
async function main(): Promise<void> {
  const present = documents();
  const next = await inShownFolders(() =>
    Promise.all(Object.entries(present).map(async ([path, text]) => [path, await upToDate(text)] as const)),
  );
  for (const [path, text] of next) if (text !== present[path]) writeFileSync(path, text);
}

void main();
