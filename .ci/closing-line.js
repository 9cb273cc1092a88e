/*
 * Prints "N passed, N failed" from Jest's JSON result: node closing-line.js <result file> <exit code of the tests>.
 *
 * A suite that could not run counts as failed, and so does whatever else ended the command with an exit code above zero
 * (the type check, the lint, an install that failed before Jest began). Success without a result is refused.
 */
const { readFileSync } = require("node:fs");

const [file, exitCode] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const succeeded = exitCode === "0";

if (text === "" && succeeded) throw new Error(`the tests ended with 0, but Jest wrote no result to ${file}`);

const result = text === "" ? {} : JSON.parse(text);
const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = result;
const failed = numFailedTests + numRuntimeErrorTestSuites;

console.log(`${numPassedTests} passed, ${succeeded ? failed : Math.max(failed, 1)} failed`);
