/**
 * Proves every mutant of the shipped environments, and of others that use what the shipped ones don't. A mutant breaks
 * the policy at one place of the synthesized JSON. It has to be refused, unless it is shown to mean the same.
 *
 *   npm run mutants                  all of them, with the table of what became of them
 *   npm run mutants -- <text> ...    those of the kinds whose names hold one of the texts, or of a family
 *
 * A cell of the table says how many mutants of a kind, meant to break a statement, ended how: `12` violated, `3?`
 * undecided, `2=` equal (the decision diagrams, or the parsed values, are the same). `1~` is equal for every request
 * that the statement speaks of, `1^` the same and refused by another statement, `1!` still proven though it means
 * something else. Then come harmless edits, which have to stay proven. Exits with 1 if a mutant survives or a harmless
 * edit doesn't.
 */
import { fork } from "node:child_process";
import { environments } from "../../environments";
import { CATALOGUE } from "./catalogue";
import { folderOf } from "./folder";
import { HARMLESS } from "./harmless";
import { otherEnvironments } from "./other-environments";
import { editsIn, type JudgedEdit, type JudgedMutant, killedBy } from "./run";
import { lostIn, survivorsIn, tableOf, totalsOf } from "./table";

/** The parts that are judged at the same time, each in a process of its own. */
const PARTS = [environments, otherEnvironments];

/** The outcome of a part. It holds no functions, so a process can send it. */
interface Judged {
  readonly mutants: readonly JudgedMutant[];
  readonly edits: readonly JudgedEdit[];
}

function judge(part: number, wanted: readonly string[]): Judged {
  const folders = [folderOf(PARTS[part] ?? [])];
  return { mutants: killedBy(folders, CATALOGUE, { wanted }), edits: editsIn(folders, HARMLESS, { wanted }) };
}

function elsewhere(part: number, wanted: readonly string[]): Promise<Judged> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [String(part), ...wanted]);
    child.once("message", (judged) => resolve(judged as Judged));
    child.once("exit", (code) => reject(new Error(`part ${part} ended with ${code ?? "a signal"}`)));
  });
}

async function report(wanted: readonly string[]): Promise<void> {
  const start = Date.now();
  const parts = await Promise.all(PARTS.map((_, part) => elsewhere(part, wanted)));
  const [mutants, edits] = [parts.flatMap((each) => each.mutants), parts.flatMap((each) => each.edits)];
  const [survivors, lost] = [survivorsIn(mutants), lostIn(edits)];
  const lines = [
    ...[tableOf(mutants), totalsOf(mutants)],
    ...(survivors.length === 0 ? [] : ["Survivors:", ...survivors]),
    `${edits.length} harmless edits, ${lost.length} of them refused.`,
    ...lost,
  ];
  console.log(lines.join("\n"));
  process.stderr.write(`${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  process.exitCode = survivors.length + lost.length === 0 ? 0 : 1;
}

const words = process.argv.slice(2);
if (process.send === undefined) void report(words);
else process.send(judge(Number(words[0]), words.slice(1)));
