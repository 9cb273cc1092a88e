/** Builds the package: JavaScript and types in build/, and beside them every file that the code reads by its path. */
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pageScript } from "./bundle.mjs";

const BUILD = "build";

/** Another repository has environments of its own. Commands take them from what it synthesized. */
const STAYS = "environments";

/** Rooms without TypeScript. */
const PROGRAMS = ["appliers", "origin"];

/** Files that are compiled, that configure a compiler, or that test. */
const WITHOUT = [/[.]ts$/, /^tsconfig[.]json$/, /^test_/, /^__pycache__$/];

rmSync(BUILD, { recursive: true, force: true });
execFileSync(process.execPath, ["node_modules/typescript-native/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
rmSync(join(BUILD, STAYS), { recursive: true });
for (const room of [...readdirSync(BUILD), ...PROGRAMS]) {
  cpSync(room, join(BUILD, room), {
    recursive: true,
    filter: (path) => !WITHOUT.some((name) => name.test(basename(path))),
  });
}
writeFileSync(join(BUILD, "verification", "render", "page-script.js"), pageScript());
