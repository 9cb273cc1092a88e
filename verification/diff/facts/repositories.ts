import { longestGap } from "../../model/repositories/cron";
import { NotUnderstood } from "../../model/repositories/not-understood";
import type { Workflow } from "../../model/repositories/workflow";
import { type WrittenRepository, writtenRepository } from "../../model/repositories/written-repository";
import { yamlOf } from "../../model/repositories/yaml";
import type { Model } from "../../model/model";
import { isObject, type JsonObject } from "../../model/terraform/json";
import type { Resource, Stack } from "../../model/terraform/stack";
import { type Located, jobCalling } from "../../statements/repositories/files";
import { concluded } from "../../statements/repositories/settled";
import type { Subject } from "../../statements/repositories/subject";
import type { App } from "../app";

/** Every repository that the stacks of an app write, or that its policies name. */
export function repositoriesOf({ model, policies }: App): readonly Subject[] {
  const promised = policies.flatMap(({ name, environment: { repositories = [] } }) =>
    repositories.map((promise) => ({ environment: name, promise })),
  );
  const named = new Set(promised.map(({ promise }) => promise.name.toLowerCase()));
  const written = model.stacks.flatMap((stack) =>
    fullNames(stack).map((name) => ({ environment: stack.name, promise: bare(name) })),
  );
  const others = written.filter(({ promise }) => !named.has(promise.name.toLowerCase()));
  const all = [...promised, ...new Map(others.map((each) => [each.promise.name.toLowerCase(), each])).values()];
  return all
    .map(({ environment, promise }) => subjectOf(model, environment, promise))
    .filter(({ written: own }) => isWritten(own));
}

function subjectOf(model: Model, environment: string, promise: Subject["promise"]): Subject {
  const written = writtenRepository(model, promise.name);
  return { environment, promise, branch: promise.defaultBranch ?? "main", written, model };
}

/** A repository of which no policy says anything. */
const bare = (name: string): Subject["promise"] => ({ name, manifests: [] }) as unknown as Subject["promise"];

function isWritten({ files, alerts, securityUpdates, rulesets }: WrittenRepository): boolean {
  return [files, alerts, securityUpdates, rulesets].some((all) => all.length > 0);
}

/** The resources that are read as parts of a repository. */
export function resourcesOf({ written }: Subject): readonly Resource[] {
  const { files, alerts, securityUpdates, rulesets } = written;
  return [...files.map(({ resource }) => resource), ...alerts, ...securityUpdates, ...rulesets];
}

/** The repositories that a stack's resources may be of. */
function fullNames({ json, resources }: Stack): readonly string[] {
  const providers = isObject(json["provider"]) ? json["provider"] : {};
  const owners = [providers["github"] ?? []].flat().flatMap((each: unknown) => (isObject(each) ? each["owner"] : []));
  const own = resources
    .filter(({ type }) => type.startsWith("github_"))
    .map(({ attributes }) => attributes["repository"]);
  const names = [...new Set(own)].filter((name) => typeof name === "string");
  return owners
    .filter((owner) => typeof owner === "string")
    .flatMap((owner) => names.map((name) => `${owner}/${name}`));
}

/** What a question comes to; undefined where it isn't understood, which the statements tell. */
export function attempt<T>(ask: () => T): T | undefined {
  let found: T | undefined;
  try {
    concluded(() => {
      found = ask();
      return [];
    });
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
  }
  return found;
}

/** The one job that calls a program, if there is one that is understood. */
export function jobOf(subject: Subject, program: string): Located | undefined {
  return attempt(() => jobCalling(subject, program));
}

/** The most minutes between two runs of a workflow's schedule. */
export function gapOf({ triggers }: Workflow): number | undefined {
  const entries = triggers.get("schedule");
  if (!Array.isArray(entries)) return undefined;
  const crons = entries.flatMap((entry: unknown) => (isObject(entry) ? String(entry["cron"]) : []));
  const gap = attempt(() => longestGap(crons));
  if (gap === undefined) return undefined;
  return "minutes" in gap ? gap.minutes : gap.between[1];
}

const DAY = 1_440;

export function everyDays(minutes: number): string {
  if (!Number.isFinite(minutes)) return "never";
  const days = Math.round((minutes / DAY) * 100) / 100;
  return days === 1 ? "at least every day" : `at least every ${days} days`;
}

/** A YAML file as an object, if it is one. */
export function yamlIn(text: string | undefined): JsonObject | undefined {
  const value = text === undefined ? undefined : attempt(() => yamlOf(text));
  return isObject(value) ? value : undefined;
}
