import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OWN_SCAN_FILES, ROOT } from "./this-repository";

/** Writes this repository's own scan files: `npm run scans`. */
for (const { path, text } of OWN_SCAN_FILES) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
