import { oncePer } from "../../once-per";
import { isObject, type JsonObject } from "../terraform/json";
import { NotUnderstood, within } from "./not-understood";
import type { WrittenFile } from "./written-repository";
import { yamlOf } from "./yaml";

/** A workflow as GitHub reads it. */
export interface Workflow {
  readonly file: WrittenFile;
  /** What starts it, by the name of the event. */
  readonly triggers: ReadonlyMap<string, unknown>;
  /** Undefined where the repository's settings decide. */
  readonly permissions: unknown;
  readonly concurrency: unknown;
  readonly jobs: readonly Job[];
  readonly body: JsonObject;
}

export interface Job {
  readonly id: string;
  /** The name of the check that it reports, which may hold expressions. */
  readonly name: string;
  readonly body: JsonObject;
  readonly steps: readonly Step[];
}

export interface Step {
  /** Where it stands in the file, for example `jobs.scan.steps[2]`. */
  readonly at: string;
  readonly body: JsonObject;
}

/** A default shell, a folder or a variable for everything would change what each step does. */
const KEYS: ReadonlySet<string> = new Set(["name", "run-name", "on", "permissions", "concurrency", "jobs"]);

const FOLDER = /^\.github\/workflows\/[^/]+\.ya?ml$/;

export const isWorkflow = ({ path }: WrittenFile): boolean => FOLDER.test(path);

/**
 * Reads a workflow.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 * @throws {NotUnderstood}
 */
export const workflowOf = oncePer((file: WrittenFile): Workflow => {
  if (file.text === undefined) throw new NotUnderstood("", "its text is known to the apply alone");
  const root = objectAt("", yamlOf(file.text));
  closed("", root, KEYS);
  const jobs = Object.entries(objectAt("jobs", root["jobs"]));
  return {
    file,
    triggers: triggersOf(root["on"]),
    permissions: root["permissions"],
    concurrency: root["concurrency"],
    jobs: jobs.map(([id, job]) => jobOf(id, objectAt(`jobs.${id}`, job))),
    body: root,
  };
});

/** An event, a list of them, or each with its filters. */
function triggersOf(on: unknown): ReadonlyMap<string, unknown> {
  if (typeof on === "string") return new Map([[on, null]]);
  if (Array.isArray(on)) return new Map(on.map((event: unknown) => [String(event), null]));
  return new Map(Object.entries(objectAt("on", on)));
}

function jobOf(id: string, body: JsonObject): Job {
  const { name = id, steps = [] } = body;
  const at = `jobs.${id}.steps`;
  if (typeof name !== "string") throw new NotUnderstood(`jobs.${id}.name`, "it is no text");
  if (!Array.isArray(steps)) throw new NotUnderstood(at, "it is no list");
  return {
    // A job without a name reports by its id.
    ...{ id, body, name: name.trim() === "" ? id : name },
    steps: steps.map((step: unknown, index) => ({ at: `${at}[${index}]`, body: objectAt(`${at}[${index}]`, step) })),
  };
}

/** @throws {NotUnderstood} where there is no object */
export function objectAt(at: string, value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new NotUnderstood(at, "it is no object");
}

/** @throws {NotUnderstood} where an object has a member that isn't understood */
export function closed(at: string, object: JsonObject, keys: ReadonlySet<string>): void {
  const unknown = Object.keys(object).find((key) => !keys.has(key));
  if (unknown !== undefined) within(at, () => fail(`what ${unknown} does isn't modelled`));
}

function fail(reason: string): never {
  throw new NotUnderstood("", reason);
}
