/*
 * Prints "N passed, N failed" of several runs of Jest, and ends with 1 unless all of them passed:
 *
 *   node closing-line.js (<Jest's JSON result> <exit code>)...
 *
 * A suite that could not run counts as failed. So does anything else that ended a run with an exit code above zero: the
 * type check, the lint, an install that failed before Jest began. A success without a result counts as failed too.
 */
const { existsSync, readFileSync } = require("node:fs");

const [...given] = process.argv.slice(2);
const runs = given.flatMap((file, index) => (index % 2 === 0 ? [counted(file, given[index + 1])] : []));
const sum = (key) => runs.reduce((total, run) => total + run[key], 0);

console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") === 0 && runs.length > 0 ? 0 : 1;

function counted(file, exitCode) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = text === "" ? {} : JSON.parse(text);
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  const isPass = exitCode === "0" && text !== "";
  return { passed: numPassedTests, failed: isPass ? failed : Math.max(failed, 1) };
}
