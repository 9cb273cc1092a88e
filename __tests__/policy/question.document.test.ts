import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ACCEPTABLE_QUESTIONS, type Question, QUESTIONS, refusalOf } from "../../policy/question";

const PROOF = readFileSync(join(__dirname, "../../docs/proof.md"), "utf8");
const ALL = Object.keys(QUESTIONS) as readonly Question[];

test("the page about the proof has each question, and whether it can be accepted", () => {
  const rows = [...PROOF.matchAll(/^\| `(\w+)` *\| (.*?) *\| (yes|no: .*?) *\|$/gm)].map(([, ...cells]) => cells);
  const refused = (question: Question) => refusalOf(question);
  expect(rows).toEqual(
    ALL.map((question) => [
      question,
      QUESTIONS[question].asks,
      refused(question) === undefined ? "yes" : `no: ${String(refused(question))}`,
    ]),
  );
});

test("what may do anything, an open identity, a secret's way and a budget can't be accepted", () => {
  for (const question of ["provider", "program", "stack", "identity", "secret", "budget", "value", "owner"] as const) {
    expect(ACCEPTABLE_QUESTIONS).not.toContain(question);
  }
  expect(ACCEPTABLE_QUESTIONS).toEqual(["target", "repeat", "lifecycle", "condition", "action", "parameters"]);
});
