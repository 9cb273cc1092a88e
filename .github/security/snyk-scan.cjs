// Managed by Terraform (ScanSchedule): the next apply overwrites what is changed here.
"use strict";

/*
 * Scans one manifest with Snyk and decides whether it passes: exit code 0 or 1. Called by the workflow, one leg a manifest, in
 * the work tree.
 *
 * The tree of a pull request is read and never run. Every tool starts in a folder of its own outside the tree, with
 * copies of the files that it needs. A manifest is not scannable where its packages can't be told without running code
 * of the tree.
 *
 * Environment: PACKAGE_MANAGER, MANIFEST (relative to the work tree), SEVERITY_THRESHOLD, BLOCK_WHEN_UNAVAILABLE, SNYK_TOKEN;
 * UNSCANNABLE is "pass" where the environment lets a manifest pass that is not scannable; DEPENDABOT_SECRET is "false" where
 * Dependabot has no token; BASE_TREE is the base of a pull request and is empty outside of one; MONITOR_REFERENCE is the
 * branch under which Snyk shall keep watching what was scanned, empty for not at all; SARIF_FILE is where code scanning
 * expects the findings, empty without it; UV_VERSION is for uv.
 */

const { spawnSync } = require("node:child_process");
const { randomUUID } = require("node:crypto");
const fs = require("node:fs");
const { basename, dirname, join, sep } = require("node:path");
const { findingsOf, judge } = require("./snyk-verdict.cjs");
const { INTERPRETER, metadataOf, requirementsOf } = require("./snyk-requirements.cjs");

const { env } = process;
const TREE = process.cwd();
const RETRY_AFTER_MS = Number(env.SNYK_RETRY_AFTER_MS ?? 15_000);
const UV_REQUIREMENTS = "uv.exported-requirements.txt";

/** Only Snyk is handed the token. */
const { SNYK_TOKEN, ...WITHOUT_TOKEN } = env;

function run(command, args, folder, environment) {
  // The runner must not read a tool's output as a command.
  const quiet = randomUUID();
  console.log(`$ ${command} ${args.join(" ")}\n::stop-commands::${quiet}`);
  const { status, error } = spawnSync(command, args, { cwd: folder, env: environment, stdio: ["ignore", 1, 2] });
  console.log(`\n::${quiet}::`);
  return error?.code === "ENOENT" ? "not found" : (status ?? "killed");
}

/** The text of a file of a tree; undefined where there is none in UTF-8, or where a link leads out of the tree. */
function textIn(tree, path) {
  try {
    const [root, file] = [tree, join(tree, path)].map((each) => fs.realpathSync(each));
    if (!file.startsWith(root + sep) || !fs.statSync(file).isFile()) return undefined;
    return new TextDecoder("utf-8", { fatal: true }).decode(fs.readFileSync(file));
  } catch {
    return undefined;
  }
}

function write(path, text, mode = 0o644) {
  fs.mkdirSync(dirname(path), { recursive: true });
  fs.writeFileSync(path, text, { mode });
}

/** A file of the tree in the folder that the tools see. */
function copy(tree, path, folder) {
  const text = textIn(tree, path);
  if (text !== undefined) write(join(folder, path), text);
}

const beside = (name) => join(dirname(env.MANIFEST), name);

/** The manifest with the files beside it that Snyk reads. None of them names a program to run. */
const asItIs =
  (...names) =>
  (tree, folder) => {
    for (const path of [env.MANIFEST, ...names.map(beside)]) copy(tree, path, folder);
    return { options: [`--file=${env.MANIFEST}`, `--package-manager=${env.PACKAGE_MANAGER}`] };
  };

/**
 * Snyk reads the meaning of a requirements file from the installed packages. pip tells their metadata, and installs
 * none.
 */
function resolved(work, folder, file, { requirements, constraints, unscannable }) {
  if (unscannable !== undefined) return { failure: { state: "unscannable", reason: unscannable } };
  const [report, constraintFile] = [join(work, "pip.json"), join(work, "constraints.txt")];
  write(join(folder, file), `${requirements.join("\n")}\n`);
  write(constraintFile, `${constraints.join("\n")}\n`);
  const options = ["--dry-run", "--ignore-installed", "--quiet", "--disable-pip-version-check", "--no-input"];
  // A package that has no wheel would have to be built.
  const args = [...options, "--only-binary=:all:", `--report=${report}`, "-c", constraintFile, "-r", file];
  const code = run("python3", ["-I", "-m", "pip", "install", ...args], folder, WITHOUT_TOKEN);
  if (code !== 0)
    return {
      failure: { state: "unscannable", reason: `pip, which may build nothing, ended with ${code} for ${file}` },
    };
  const metadata = metadataOf(readJson(report));
  if (metadata === undefined) return { failure: { state: "broken", reason: "pip left no report that can be read" } };
  write(join(work, "python"), INTERPRETER, 0o755);
  fs.mkdirSync(join(work, "installed"));
  for (const [name, text] of metadata) write(join(work, "installed", name, "METADATA"), text);
  return { options: [`--file=${file}`, "--package-manager=pip", `--command=${join(work, "python")}`] };
}

function pip(tree, folder, work) {
  return resolved(
    work,
    folder,
    env.MANIFEST,
    requirementsOf(env.MANIFEST, (path) => textIn(tree, path)),
  );
}

/** The lock as requirements. uv sees the lock and the project's own description, and builds nothing with `--frozen`. */
function uv(tree, folder, work) {
  const [tools, project, exported] = ["tools", "project", UV_REQUIREMENTS].map((name) => join(work, name));
  for (const name of ["uv.lock", "pyproject.toml"]) write(join(project, name), textIn(tree, beside(name)) ?? "");
  const wheel = ["--only-binary=:all:", "--no-deps", `--target=${tools}`, `uv==${env.UV_VERSION}`];
  const chosen = ["--frozen", "--all-packages", "--all-extras", "--no-dev", "--no-emit-workspace", "--no-hashes"];
  const steps = [
    ["python3", ["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", ...wheel]],
    [join(tools, "bin", "uv"), ["export", "--quiet", "--no-config", ...chosen, "-o", exported]],
  ];
  for (const [command, args] of steps) {
    const code = run(command, args, project, WITHOUT_TOKEN);
    if (code !== 0) return { failure: { state: "broken", reason: `${command} ${args.join(" ")} ended with ${code}` } };
  }
  const asked = requirementsOf(UV_REQUIREMENTS, (name) => textIn(work, name));
  return resolved(work, folder, beside(UV_REQUIREMENTS), asked);
}

const PREPARE = {
  pip,
  uv,
  poetry: asItIs("pyproject.toml"),
  npm: asItIs("package.json"),
  pnpm: asItIs("package.json", "pnpm-workspace.yaml"),
  yarn: asItIs("package.json"),
};

function readJson(path) {
  try {
    return JSON.parse(fs.readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

const NO_TOKEN =
  "SNYK_TOKEN is empty: the repository needs it as an Actions secret and, for Dependabot's pull requests, as a Dependabot secret of the same name";

/**
 * The result of scanning the manifest of a tree, as snyk-verdict.cjs names it, with the options that Snyk was asked
 * with.
 */
function scan(tree, name) {
  if (!fs.existsSync(join(tree, env.MANIFEST))) return { state: "absent", reason: `${env.MANIFEST} does not exist` };
  if (textIn(tree, env.MANIFEST) === undefined)
    return { state: "broken", reason: `${env.MANIFEST} is no text of the repository` };
  if (!SNYK_TOKEN) {
    const isExpected = env.DEPENDABOT_SECRET === "false" && env.GITHUB_ACTOR === "dependabot[bot]";
    return { state: isExpected ? "unavailable" : "refused", reason: NO_TOKEN };
  }
  const work = join(env.RUNNER_TEMP, `snyk-${name}`);
  // Snyk names a project after its folder.
  const folder = join(work, basename(TREE));
  fs.rmSync(work, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  // The base says what Snyk ignores, never the pull request.
  for (const path of new Set([".snyk", beside(".snyk")])) copy(env.BASE_TREE || TREE, path, folder);
  const { options, failure } = PREPARE[env.PACKAGE_MANAGER](tree, folder, work);
  if (failure !== undefined) return failure;
  const [sarif, report] = [join(work, "report.sarif"), join(work, "report.json")];
  const args = ["test", ...options, `--json-file-output=${report}`, `--sarif-file-output=${sarif}`];
  let code = run("snyk", args, folder, env);
  if (FAILURES.includes(code)) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_AFTER_MS);
    code = run("snyk", args, folder, env);
  }
  return { ...answer(code, readJson(report), work), options, sarif, folder };
}

/**
 * Exit codes of a failure: any (2), a time limit of the CLI's own (69), maintenance (75).
 * https://github.com/snyk/cli/blob/v1.1306.4/cliv2/internal/constants/constants.go
 */
const FAILURES = [2, 69, 75];

/**
 * Codes by which the CLI says that the network or Snyk itself is down.
 * https://docs.snyk.io/scan-with-snyk/error-catalog
 */
const OUTAGE = /\bSNYK-(?:0001|0004|0008|0009|0099|9999|CLI-0017|CLI-0018|CLI-0019|CLI-0021|CLI-0022)\b/;
/** The same for a token that is not taken. */
const REFUSED = /\bSNYK-(?:0005|CLI-0006)\b/;

const PROBE = {
  "package.json": { name: "probe", version: "1.0.0", dependencies: { "is-number": "7.0.0" } },
  "package-lock.json": {
    ...{ name: "probe", version: "1.0.0", lockfileVersion: 3, requires: true },
    packages: {
      "": { name: "probe", version: "1.0.0", dependencies: { "is-number": "7.0.0" } },
      "node_modules/is-number": {
        version: "7.0.0",
        resolved: "https://registry.npmjs.org/is-number/-/is-number-7.0.0.tgz",
      },
    },
  },
};

/**
 * Why Snyk failed. A pull request can make the CLI fail and say anything. So Snyk is asked about a manifest that is
 * always the same: it is down only where it fails there too and says so.
 */
function failure(code, work) {
  const folder = join(work, "probe");
  for (const [name, value] of Object.entries(PROBE)) write(join(folder, name), JSON.stringify(value));
  const args = ["test", "--file=package-lock.json", "--package-manager=npm"];
  const { status, stdout, stderr } = spawnSync("snyk", args, { cwd: folder, env, encoding: "utf8" });
  const says = `${stdout}${stderr}`;
  console.log(`$ snyk ${args.join(" ")}, of a manifest that is always the same, ended with ${status}`);
  const isUp = status === 0 || status === 1;
  if (isUp)
    return { state: "broken", reason: `Snyk answers, and failed twice for ${env.MANIFEST} (exit code ${code})` };
  if (REFUSED.test(says)) return { state: "refused", reason: "Snyk does not take SNYK_TOKEN" };
  if (OUTAGE.test(says)) return { state: "unavailable", reason: `Snyk failed twice, and is down (exit code ${code})` };
  return { state: "broken", reason: `Snyk failed twice, and does not say why (exit code ${code})` };
}

function answer(code, report, work) {
  // 127: the wrapper that snyk/actions/setup leaves behind when it could not download the CLI itself.
  if (code === "not found" || code === 127) return { state: "unavailable", reason: "the Snyk CLI is not installed" };
  if (FAILURES.includes(code)) return failure(code, work);
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
  fs.writeFileSync(env.SARIF_FILE, JSON.stringify(sarif));
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
    fs.appendFileSync(env.GITHUB_STEP_SUMMARY, `${summary.join("\n")}\n`);
  }
}

/** The name under which Snyk keeps what it watches, as the CLI would read it from the checkout. */
function watched() {
  const { GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: server = "https://github.com" } = env;
  return repository ? [`--remote-repo-url=${server.replace(/^https:/, "http:")}/${repository}`] : [];
}

if (env.SARIF_FILE) fs.rmSync(env.SARIF_FILE, { force: true });
const head = scan(TREE, "head");
if (head.state === "scanned" && env.SARIF_FILE) publishSarif(head.sarif);
const pullRequest = Boolean(env.BASE_TREE);
const compared = pullRequest && head.state === "scanned" && head.findings.length > 0;
const base = compared ? scan(env.BASE_TREE, "base") : undefined;
const verdict = judge(head, base, {
  pullRequest,
  threshold: env.SEVERITY_THRESHOLD,
  blockWhenUnavailable: env.BLOCK_WHEN_UNAVAILABLE !== "false",
  passUnscannable: env.UNSCANNABLE === "pass",
});
report(verdict);
process.exitCode = verdict.passed ? 0 : 1;
if (env.MONITOR_REFERENCE && head.state === "scanned") {
  const args = ["monitor", ...head.options, `--target-reference=${env.MONITOR_REFERENCE}`, ...watched()];
  const code = run("snyk", args, head.folder, env);
  if (code !== 0) {
    report({
      level: "error",
      message: `Snyk does not watch this version: snyk monitor ended with ${code}`,
      blocking: [],
    });
    process.exitCode = 1;
  }
}
