/**
 * Records the proof's verdicts, strengths and counterexamples. It judges the shipped environments and examples, the
 * contract's app without its controls, every mutant and harmless edit, and published expressions as rules.
 *
 *   npm run baseline               writes baseline.json
 *   npm run baseline -- --print    prints every line that the summaries stand for, to be compared with those of another commit
 */
import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { BASELINE, baselineOf } from "./baseline";
import { sections } from "./sections";
import { linesOf } from "./summary";

async function record(): Promise<void> {
  writeFileSync(BASELINE, await format(JSON.stringify(baselineOf(sections())), { parser: "json", printWidth: 120 }));
}

function print(): void {
  for (const [section, kinds] of Object.entries(sections())) {
    for (const [kind, judged] of Object.entries(kinds)) {
      for (const line of linesOf(judged)) console.log(`${section}, ${kind}, ${line}`);
    }
  }
}

if (process.argv.includes("--print")) print();
else void record();
