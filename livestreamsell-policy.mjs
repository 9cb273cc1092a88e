#!/usr/bin/env node
/** The command, from its source in the repository, where nothing has to be built, and built in the package. */
import { existsSync } from "node:fs";
import * as module from "node:module";
import { fileURLToPath } from "node:url";

const SOURCE = "./cli/main.ts";
const BUILT = "./build/cli/main.js";
const isRepository = existsSync(new URL(SOURCE, import.meta.url));

// Node.js keeps what it has compiled, from version 22.8 on. In a folder for temporary files, others could put code there.
const CACHE = isRepository ? "./node_modules/.cache/compiled" : "../.cache/compiled";
module.enableCompileCache?.(fileURLToPath(new URL(CACHE, import.meta.url)));
if (isRepository) await import("tsx");
module.createRequire(import.meta.url)(isRepository ? SOURCE : BUILT);
