/** The program of a report's page, bundled. It prints it where it is run by itself. */
import { buildSync } from "esbuild";
import { pathToFileURL } from "node:url";

const ENTRY = "verification/render/page-script.ts";

/** The modules that only Node.js has. The program uses none of them: a page would fail. */
const NODES_OWN = "node:*";

/** @param {string} folder the repository's */
export function pageScript(folder = ".") {
  const { outputFiles } = buildSync({
    absWorkingDir: folder === "." ? process.cwd() : folder,
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    charset: "ascii",
    external: [NODES_OWN],
    // It stands in a script element.
    supported: { "inline-script": false },
    legalComments: "none",
  });
  return outputFiles[0].text;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.stdout.write(pageScript());
