import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outcomes, type JestReport, type Outcome } from "./outcomes";

const root = join(__dirname, "..", "..");

/** Runs a slice's contract, with its controls in place or removed, and reads Jest's report. */
function run(contract: string, controls: "present" | "removed"): JestReport {
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  try {
    const report = join(folder, "report.json");
    const { stderr } = spawnSync(
      process.execPath,
      ["node_modules/jest/bin/jest.js", "--json", "--outputFile", report, contract],
      {
        cwd: root,
        env: { ...process.env, CONTRACT_CONTROLS: controls },
        encoding: "utf8",
      },
    );
    if (!existsSync(report)) throw new Error(`Jest ran no contract: ${stderr}`);
    return JSON.parse(readFileSync(report, "utf8")) as JestReport;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function line({ statement, verdict, reason }: Outcome): string {
  return `${verdict === "complete" ? "ok     " : "REFUSED"} ${statement.padEnd(8)} ${reason}`;
}

function main(slice: string | undefined): number {
  const contract = `tests/contracts/slice-${(slice ?? "").padStart(3, "0")}.test.ts`;
  if (slice === undefined || !existsSync(join(root, contract))) {
    console.error(
      `got ${slice === undefined ? "no slice" : `slice ${slice}`}; allowed: a slice with a contract, such as: npm run complete 5`,
    );
    return 2;
  }
  const results = outcomes(run(contract, "present"), run(contract, "removed"));
  console.log(results.map(line).join("\n"));
  const complete = results.length > 0 && results.every(({ verdict }) => verdict === "complete");
  console.log(complete ? `slice ${slice} is complete` : `slice ${slice} is not complete`);
  return complete ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
