// Managed by Terraform (ScanSchedule): the next apply overwrites what is changed here.
"use strict";

/*
 * Scans one manifest with Snyk and decides whether it passes: exit code 0 or 1. Called by the workflow, one leg a manifest.
 *
 * Environment: PACKAGE_MANAGER, MANIFEST (relative to the work tree), SEVERITY_THRESHOLD, BLOCK_WHEN_UNAVAILABLE, SNYK_TOKEN;
 * BASE_TREE is the base of a pull request and is empty outside of one; MONITOR_REFERENCE is the branch under which Snyk shall
 * keep watching what was scanned, empty for not at all; SARIF_FILE is where code scanning expects the findings, empty without
 * it; UV_VERSION is for uv.
 */

const { spawnSync } = require("node:child_process");
const { randomUUID } = require("node:crypto");
const { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { findingsOf, judge } = require("./snyk-verdict.cjs");

const { env } = process;
const RETRY_AFTER_MS = Number(env.SNYK_RETRY_AFTER_MS ?? 15_000);
const UV_REQUIREMENTS = "uv.exported-requirements.txt";

/** Code of a dependency runs while it is installed: it is not handed the token. */
const { SNYK_TOKEN, ...WITHOUT_TOKEN } = env;

function run(command, args, tree, environment) {
  // Whatever a tool prints must not be read as a command to the runner.
  const quiet = randomUUID();
  console.log(`$ ${command} ${args.join(" ")}\n::stop-commands::${quiet}`);
  const { status, error } = spawnSync(command, args, { cwd: tree, env: environment, stdio: ["ignore", 1, 2] });
  console.log(`\n::${quiet}::`);
  return error?.code === "ENOENT" ? "not found" : (status ?? "killed");
}

/** A virtual environment with the manifest's dependencies: Snyk reads what a requirements file means from the installed packages. */
function installed(tree, work, requirements) {
  const python = join(work, "venv", "bin", "python");
  const steps = [
    ["python3", ["-m", "venv", join(work, "venv")]],
    ...(env.PACKAGE_MANAGER === "uv" ? exportUv(python, work) : []),
    [python, ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r", requirements]],
  ];
  for (const [command, args] of steps) {
    const code = run(command, args, tree, WITHOUT_TOKEN);
    if (code !== 0)
      return { failure: `${env.MANIFEST} can't be installed: ${command} ${args.join(" ")} ended with ${code}` };
  }
  return { options: [`--file=${requirements}`, "--package-manager=pip", `--command=${python}`] };
}

function exportUv(python, work) {
  const folder = dirname(env.MANIFEST);
  const chosen = ["--frozen", "--all-packages", "--all-extras", "--no-dev", "--no-emit-workspace", "--no-hashes"];
  return [
    [python, ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", `uv==${env.UV_VERSION}`]],
    [
      join(work, "venv", "bin", "uv"),
      ["export", "--quiet", ...chosen, "--project", folder, "--python", python, "-o", join(folder, UV_REQUIREMENTS)],
    ],
  ];
}

const PREPARE = {
  pip: (tree, work) => installed(tree, work, env.MANIFEST),
  uv: (tree, work) => installed(tree, work, join(dirname(env.MANIFEST), UV_REQUIREMENTS)),
};
const AS_IT_IS = () => ({ options: [`--file=${env.MANIFEST}`, `--package-manager=${env.PACKAGE_MANAGER}`] });

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** What Snyk says of the manifest in a tree, as snyk-verdict.cjs names it, with the options that it was asked with. */
function scan(tree, name) {
  if (!existsSync(join(tree, env.MANIFEST))) return { state: "absent", reason: `${env.MANIFEST} does not exist` };
  if (!SNYK_TOKEN) {
    const where =
      "SNYK_TOKEN is empty: the repository needs it as an Actions secret and, for Dependabot's pull requests, as a Dependabot secret of the same name";
    return { state: "unavailable", reason: where };
  }
  const work = join(env.RUNNER_TEMP, `snyk-${name}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const { options, failure } = (PREPARE[env.PACKAGE_MANAGER] ?? AS_IT_IS)(tree, work);
  if (failure !== undefined) return { state: "broken", reason: failure };
  const sarif = join(work, "report.sarif");
  const report = join(work, "report.json");
  const args = ["test", ...options, `--json-file-output=${report}`, `--sarif-file-output=${sarif}`];
  let code = run("snyk", args, tree, env);
  if (code === 2) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_AFTER_MS);
    code = run("snyk", args, tree, env);
  }
  return { ...answer(code, readJson(report)), options, sarif };
}

function answer(code, report) {
  // 127: the wrapper that snyk/actions/setup leaves behind when it could not download the CLI itself.
  if (code === "not found" || code === 127) return { state: "unavailable", reason: "the Snyk CLI is not installed" };
  if (code === 2) return { state: "unavailable", reason: "Snyk failed twice (exit code 2)" };
  if (code === 3)
    return { state: "unsupported", reason: `Snyk finds no supported project in ${env.MANIFEST} (exit code 3)` };
  if (code !== 0 && code !== 1) return { state: "broken", reason: `snyk test ended with ${code}` };
  const findings = findingsOf(report);
  if (findings === undefined)
    return { state: "broken", reason: `snyk test ended with ${code} and left no report that can be read` };
  if (code === 1 && findings.length === 0)
    return { state: "broken", reason: "snyk test reported vulnerabilities (exit code 1) but lists none" };
  return { state: "scanned", findings };
}

/**
 * The report for code scanning, which refuses a severity that is no number: Snyk writes "undefined" or "null" for licence
 * issues (https://github.com/github/codeql-action/issues/2187). Places in the file that uv exported are places in the lock.
 */
function publishSarif(path) {
  const sarif = readJson(path);
  if (!Array.isArray(sarif?.runs)) throw new Error("snyk test left no SARIF report that can be read");
  for (const { properties } of sarif.runs.flatMap(({ tool }) => tool?.driver?.rules ?? [])) {
    const severity = properties?.["security-severity"];
    if (severity !== undefined && !/^\d+(\.\d+)?$/.test(String(severity))) properties["security-severity"] = "0.0";
  }
  for (const location of sarif.runs
    .flatMap(({ results }) => results ?? [])
    .flatMap(({ locations }) => locations ?? [])) {
    const artifact = location.physicalLocation?.artifactLocation;
    if (artifact?.uri?.endsWith(UV_REQUIREMENTS)) artifact.uri = env.MANIFEST;
  }
  writeFileSync(env.SARIF_FILE, JSON.stringify(sarif));
}

const oneLine = (text) => String(text).replace(/[^\x20-\x7e]+/g, " ");

function report({ level, message, blocking }) {
  const lines = blocking.map(({ severity, id, packageName, version, title }) =>
    oneLine(`${severity}: ${title} (${id}) in ${packageName}@${version}`),
  );
  console.log(
    [`::${level}::${oneLine(`${env.MANIFEST}: ${message}`)}`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
  if (env.GITHUB_STEP_SUMMARY) {
    const summary = [`**${env.MANIFEST}**: ${oneLine(message)}`, "", ...lines.map((line) => `    ${line}`), ""];
    appendFileSync(env.GITHUB_STEP_SUMMARY, `${summary.join("\n")}\n`);
  }
}

if (env.SARIF_FILE) rmSync(env.SARIF_FILE, { force: true });
const head = scan(process.cwd(), "head");
if (head.state === "scanned" && env.SARIF_FILE) publishSarif(head.sarif);
const pullRequest = Boolean(env.BASE_TREE);
const compared = pullRequest && head.state === "scanned" && head.findings.length > 0;
const base = compared ? scan(env.BASE_TREE, "base") : undefined;
const verdict = judge(head, base, {
  pullRequest,
  threshold: env.SEVERITY_THRESHOLD,
  blockWhenUnavailable: env.BLOCK_WHEN_UNAVAILABLE !== "false",
});
report(verdict);
process.exitCode = verdict.passed ? 0 : 1;
if (env.MONITOR_REFERENCE && head.state === "scanned") {
  const code = run(
    "snyk",
    ["monitor", ...head.options, `--target-reference=${env.MONITOR_REFERENCE}`],
    process.cwd(),
    env,
  );
  if (code !== 0) {
    report({
      level: "error",
      message: `Snyk does not watch this version: snyk monitor ended with ${code}`,
      blocking: [],
    });
    process.exitCode = 1;
  }
}
