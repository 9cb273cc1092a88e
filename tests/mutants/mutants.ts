/**
 * Proves every mutant of the shipped environments: each breaks the policy at one place of the synthesized JSON, and has
 * to be refused, unless it is shown to mean the same.
 *
 *   npm run mutants                  all of them, with the table of what became of them
 *   npm run mutants -- <text> ...    those of the kinds whose names hold one of the texts, or of a family
 *
 * A cell of the table says how many mutants of a kind, meant to break a statement, ended how: `12` violated, `3?`
 * undecided, `2=` equal (the decision diagrams, or the parsed values, are the same), `1~` equal for every request that the
 * statement speaks of, `1^` the same and refused by another statement, `1!` still proven though it means something else.
 * Then come harmless edits, which have to stay proven. Exits with 1 if a mutant survives or a harmless edit doesn't.
 */
import { environments } from "../../environments";
import { CATALOGUE } from "./catalogue";
import { folderOf } from "./folder";
import { HARMLESS } from "./harmless";
import { editsIn, killedBy } from "./run";
import { lostIn, survivorsIn, tableOf, totalsOf } from "./table";

const start = Date.now();
const wanted = process.argv.slice(2);
const folder = folderOf(environments);
const judged = killedBy(folder, CATALOGUE, { wanted });
const edits = editsIn(folder, HARMLESS, { wanted });
const [survivors, lost] = [survivorsIn(judged), lostIn(edits)];

console.log(
  [tableOf(judged), totalsOf(judged), ...(survivors.length === 0 ? [] : ["Survivors:", ...survivors])].join("\n"),
);
console.log(`${edits.length} harmless edits, ${lost.length} of them refused.`);
if (lost.length > 0) console.log(lost.join("\n"));
process.stderr.write(`${((Date.now() - start) / 1000).toFixed(1)} s\n`);
process.exitCode = survivors.length + lost.length === 0 ? 0 : 1;
