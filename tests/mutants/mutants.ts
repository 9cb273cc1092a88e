/**
 * Proves every mutant of the shipped environments: each breaks the policy at one place of the synthesized JSON, and has
 * to be refused, unless it is shown to mean the same.
 *
 *   npm run mutants                  all of them, with the table of what became of them
 *   npm run mutants -- <text> ...    those of the kinds whose names hold one of the texts
 *
 * A cell of the table says how many mutants of a kind, meant to break a statement, ended how: `12` violated, `3?`
 * undecided, `2=` equal (the decision diagrams, or the parsed values, are the same), `1~` equal for every request that the
 * statement speaks of, `1^` the same and refused by another statement, `1!` still proven though it means something else.
 * Exits with 1 if there is one of the last.
 */
import { environments } from "../../environments";
import { CATALOGUE } from "./catalogue";
import { folderOf } from "./folder";
import { killedBy } from "./run";
import { survivorsIn, tableOf, totalsOf } from "./table";

const start = Date.now();
const wanted = process.argv.slice(2);
const judged = killedBy(folderOf(environments), CATALOGUE, wanted);
console.log(tableOf(judged));
console.log(totalsOf(judged));
const survivors = survivorsIn(judged);
console.log(survivors.length === 0 ? "No survivor." : `Survivors:\n${survivors.join("\n")}`);
process.exitCode = survivors.length === 0 ? 0 : 1;
process.stderr.write(`${((Date.now() - start) / 1000).toFixed(1)} s\n`);
