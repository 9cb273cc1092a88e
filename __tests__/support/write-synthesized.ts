import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Environment } from "../../policy/environment";
import { synthesize } from "./app";

/** Writes what a synth of the environments on standard input leaves behind into the file that it is given, whole or not at all. */
const [file = ""] = process.argv.slice(2);
const environments = JSON.parse(readFileSync(0, "utf8")) as readonly Environment[];
mkdirSync(dirname(file), { recursive: true });
writeFileSync(`${file}.${process.pid}`, JSON.stringify(synthesize(environments)));
renameSync(`${file}.${process.pid}`, file);
