import { PACKAGE_MANAGERS } from "../../../policy/package-manager";
import type { ScannedManifest } from "../../../policy/scanned-manifest";
import type { Event } from "../../model/repositories/events";
import type { Role, StepRun } from "../../model/repositories/job-run";
import { isReleased, type Tool } from "../../model/repositories/known-versions";
import { NotUnderstood } from "../../model/repositories/not-understood";
import { firstBroken, type Rule, type Wrong } from "./wrong";

/** What a step before the scan may be told. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "actions/checkout": ["fetch-depth", "persist-credentials"],
  "actions/setup-python": ["python-version"],
  "snyk/actions/setup": ["snyk-version"],
};

/** The option by which an action installs a version of a tool. */
const INSTALLS: Readonly<Record<string, readonly [option: string, tool: Tool]>> = {
  "actions/setup-python": ["python-version", "python"],
  "snyk/actions/setup": ["snyk-version", "snyk"],
};

/**
 * What is wrong with the steps before a scan.
 *
 * @throws {NotUnderstood} where one of them could change what is scanned, or how
 */
export function wrongPreparation(
  event: Event,
  { packageManager, pythonVersion }: ScannedManifest,
  before: readonly StepRun[],
): Wrong | undefined {
  before.forEach((run, index) => understand(run, before.slice(0, index)));
  const names = before.map(({ role }) => nameOf(role));
  const optionsOf = (name: string): StepRun["with"] => before[names.indexOf(name)]?.with ?? {};
  const checkedOut = names.indexOf("actions/checkout");
  const depth = depthOf(optionsOf("actions/checkout"));
  const python = optionsOf("actions/setup-python")["python-version"] ?? "";
  const { needsPython } = PACKAGE_MANAGERS[packageManager];
  const rules: readonly Rule[] = [
    [checkedOut >= 0, "nothing is checked out before", "check out the repository first"],
    [
      /^v\d+\.\d+\.\d+$/.test(optionsOf("snyk/actions/setup")["snyk-version"] ?? ""),
      "no exact version of the Snyk CLI is installed before",
      "use snyk/actions/setup with an exact snyk-version",
    ],
    [
      !needsPython || (pythonVersion === undefined ? /^3\.\d{1,2}$/.test(python) : python === pythonVersion),
      `the dependencies are installed with Python "${python}"`,
      `use actions/setup-python with python-version ${pythonVersion ?? "3.12"}`,
    ],
    [
      event !== "pull_request" || (names.indexOf("lay-out-base") > checkedOut && depth !== 1),
      "the base of the pull request isn't laid out",
      "check out two commits, and lay out the base before the scan",
    ],
  ];
  const wrong = firstBroken(rules);
  if (wrong === undefined) before.forEach(installs);
  return wrong;
}

const nameOf = (role: Role): string => (role.kind === "program" ? role.program : role.name);

/**
 * How many commits are checked out; 0 for all.
 *
 * @see https://github.com/actions/checkout/blob/v7/src/input-helper.ts: what is empty is 1, and what is no number is 0
 */
const depthOf = ({ "fetch-depth": depth }: StepRun["with"]): number => Number(depth || "1");

/** @throws {NotUnderstood} where a step before the scan could change what is scanned, or how */
function understand({ role, step, env, with: options }: StepRun, earlier: readonly StepRun[]): void {
  const name = nameOf(role);
  const known = role.kind === "action" ? OPTIONS[name] : name === "lay-out-base" ? [] : undefined;
  if (known === undefined) throw new NotUnderstood(step.at, `what ${name} does to the scan after it isn't modelled`);
  if (earlier.some((run) => nameOf(run.role) === name))
    throw new NotUnderstood(step.at, `what ${name} does a second time isn't modelled`);
  const unknown = [...Object.keys(env), ...Object.keys(options).filter((option) => !known.includes(option))][0];
  if (unknown !== undefined) throw new NotUnderstood(step.at, `what ${unknown} does to the scan isn't modelled`);
  const { "fetch-depth": depth = "" } = options;
  if (!/^\d{0,9}$/.test(depth)) throw new NotUnderstood(step.at, `how many commits ${depth} are isn't modelled`);
}

/** @throws {NotUnderstood} where a step installs what may not be there */
function installs({ role, step, with: options }: StepRun): void {
  const [option = "", tool] = INSTALLS[nameOf(role)] ?? [];
  const version = options[option] ?? "";
  if (tool !== undefined && !isReleased(tool, version))
    throw new NotUnderstood(step.at, `whether ${tool} ${version} is there isn't known`);
}
