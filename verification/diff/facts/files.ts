import { canonicalJson } from "../../diagram/effect";
import { documentOf, standingOf } from "../../model/repositories/known";
import { isWorkflow } from "../../model/repositories/workflow";
import type { WrittenFile } from "../../model/repositories/written-repository";
import { isObject, type JsonObject } from "../../model/terraform/json";
import { CHECKER } from "../../statements/repositories/checker";
import { filesOn } from "../../statements/repositories/files";
import { withoutValues } from "../../statements/repositories/pentest-scope";
import { SCAN } from "../../statements/repositories/scan-legs";
import { controlOfFile } from "../../statements/repositories/settled";
import type { Subject } from "../../statements/repositories/subject";
import { Area } from "../item";
import type { Fact } from "./fact";
import { jobOf, yamlIn } from "./repositories";

/**
 * What the files of a repository say beside what other facts tell of them, so that nothing of them changes unseen. What only
 * a reader sees, such as a comment, is no part of it.
 */
export function fileFacts(subject: Subject): readonly Fact[] {
  const { name } = subject.written;
  const others = subject.written.files.filter(({ branch }) => branch !== undefined && branch !== subject.branch);
  return [...filesOn(subject), ...others].map((file): Fact => {
    const said = saidIn(subject, file);
    return {
      key: `${name.toLowerCase()} file ${file.branch ?? subject.branch} ${file.path}`,
      area: Area.SCANS,
      environments: [subject.environment],
      what: `what ${file.path} of ${name} says`,
      value: said,
      isKnown: file.text !== undefined,
      control: controlOfFile(file),
      absent: { value: "" },
      subject: { of: name, parts: [file.path] },
    };
  });
}

function saidIn(subject: Subject, file: WrittenFile): string {
  const { path, text } = file;
  if (text === undefined) return "what the apply alone knows";
  if (isWorkflow(file))
    return jsonOf(yamlIn(text), (root) => withoutFactsOfWorkflow(root, toldOf(subject, file))) ?? text;
  if (/^\.github\/dependabot\.ya?ml$/.test(path)) return jsonOf(yamlIn(text), withoutFactsOfDependabot) ?? text;
  if (path.endsWith("/pentest-policy.json")) return jsonOf(jsonIn(text), withoutFactsOfPentest) ?? text;
  if (documentOf(withoutValues(text)) !== undefined) return "";
  return isKnownProgram(subject, path) ? "" : text;
}

function jsonOf(value: JsonObject | undefined, rest: (value: JsonObject) => unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(rest(value));
}

/** What other facts tell of a workflow: what starts it, and what the legs of a job scan. */
interface Told {
  readonly events: readonly string[];
  readonly job: string | undefined;
}

function toldOf(subject: Subject, { path }: WrittenFile): Told {
  const [scan, check] = [jobOf(subject, SCAN), jobOf(subject, CHECKER)];
  if (scan?.workflow.file.path === path) return { events: ["push", "pull_request", "schedule"], job: scan.job.id };
  return { events: check?.workflow.file.path === path ? ["schedule"] : [], job: undefined };
}

function withoutFactsOfWorkflow({ name: _, on, jobs, ...others }: JsonObject, { events, job }: Told): unknown {
  const triggers = isObject(on) ? Object.entries(on).filter(([event]) => !events.includes(event)) : on;
  const bodies = isObject(jobs)
    ? Object.entries(jobs).map(([id, body]) => [id, id === job ? withoutLegs(body) : body])
    : jobs;
  return { ...others, on: triggers, jobs: bodies };
}

function withoutLegs(job: unknown): unknown {
  if (!isObject(job) || !isObject(job["strategy"]) || !isObject(job["strategy"]["matrix"])) return job;
  const { include: _, ...matrix } = job["strategy"]["matrix"];
  return { ...job, strategy: { ...job["strategy"], matrix } };
}

function withoutFactsOfDependabot({ updates, ...others }: JsonObject): unknown {
  const rest = Array.isArray(updates)
    ? updates.map((entry: unknown) => {
        if (!isObject(entry)) return entry;
        const { "package-ecosystem": ecosystem, directory: _one, directories: _all, schedule, ...more } = entry;
        const { interval: _often, day: _day, time: _time, ...rest } = isObject(schedule) ? schedule : {};
        return [ecosystem, more, rest];
      })
    : updates;
  const distinct = Array.isArray(rest) ? [...new Set(rest.map(canonicalJson))].sort() : rest;
  return { ...others, updates: distinct };
}

function withoutFactsOfPentest(policy: JsonObject): unknown {
  const {
    $comment: _,
    scope,
    adoptedOn: _on,
    cadenceDays: _days,
    reminderDays: _reminder,
    accreditations: _by,
    ...more
  } = policy;
  if (!isObject(scope)) return more;
  const { approach: _how, targets, objectives, ...rest } = scope;
  const others = [targets, objectives].map((all) => (Array.isArray(all) ? all.map(withoutNames) : all));
  return { ...more, scope: { ...rest, others } };
}

function withoutNames(each: unknown): unknown {
  if (!isObject(each)) return each;
  const { id: _, addresses: __, ...rest } = each;
  return rest;
}

function jsonIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Whether a file is part of a program that somebody has read, in any version. */
function isKnownProgram(subject: Subject, path: string): boolean {
  const folder = path.replace(/[^/]*$/, "");
  const name = path.slice(folder.length);
  const textOf = (file: string): string | undefined =>
    filesOn(subject).find((each) => each.path === `${folder}${file}`)?.text;
  const programs = filesOn(subject)
    .map((each) => /^(.*\/)?([^/]+)\.cjs$/.exec(each.path))
    .flatMap((found) => (found?.[2] !== undefined && (found[1] ?? "") === folder ? found[2] : []));
  return programs.some((program) => `${program}.cjs` === name && standingOf(program, textOf).kind === "known");
}
