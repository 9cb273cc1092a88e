import { oncePer } from "../once-per";
import { isObject } from "../terraform/json";
import type { Model } from "../terraform/model";
import type { Place, Resource, Stack } from "../terraform/stack";
import type { Value } from "../terraform/value";

/** A repository as the stacks of an app write it. */
export interface WrittenRepository {
  /** `owner/name`. */
  readonly name: string;
  /** The stacks that write it. */
  readonly stacks: readonly Stack[];
  readonly files: readonly WrittenFile[];
  /** Switches of Dependabot's alerts, and of its security updates. There should be one of each. */
  readonly alerts: readonly Resource[];
  readonly securityUpdates: readonly Resource[];
  readonly rulesets: readonly Resource[];
  /** Secrets for Actions, and for Dependabot. */
  readonly actionsSecrets: readonly Resource[];
  readonly dependabotSecrets: readonly Resource[];
  /** What may be part of it and isn't understood. */
  readonly doubts: readonly { readonly reason: string; readonly place: Place }[];
}

/** A file that is committed to a branch. */
export interface WrittenFile {
  /** From the root of the repository. */
  readonly path: string;
  /** Undefined for the default branch. */
  readonly branch: string | undefined;
  /** Undefined where only the apply knows it. */
  readonly text: string | undefined;
  readonly resource: Resource;
}

/** The types of resources that are read as parts of a repository. */
const TYPES = {
  files: "github_repository_file",
  alerts: "github_repository_vulnerability_alerts",
  securityUpdates: "github_repository_dependabot_security_updates",
  rulesets: "github_repository_ruleset",
  actionsSecrets: "github_actions_secret",
  dependabotSecrets: "github_dependabot_secret",
} as const;

const knownOf = oncePer<Model, Map<string, WrittenRepository>>(() => new Map());

/**
 * The repository of a name in every stack of an app.
 *
 * @param name `owner/name`; GitHub compares both without regard to case
 */
export function writtenRepository(model: Model, name: string): WrittenRepository {
  const known = knownOf(model);
  const repository = known.get(name) ?? read(model, name);
  known.set(name, repository);
  return repository;
}

function read(model: Model, name: string): WrittenRepository {
  const doubts: { reason: string; place: Place }[] = [];
  const isPart = (resource: Resource): boolean => {
    const part = isPartOf(resource, name, model);
    if (typeof part === "boolean") return part;
    doubts.push({ reason: part.doubt, place: resource });
    return false;
  };
  const ofType = (type: string): readonly Resource[] => model.ofType(type).filter(isPart);
  const files = ofType(TYPES.files).flatMap((resource) => {
    const file = fileOf(resource);
    if ("doubt" in file) doubts.push({ reason: file.doubt, place: resource });
    return "doubt" in file ? [] : [file];
  });
  const alerts = ofType(TYPES.alerts);
  const securityUpdates = ofType(TYPES.securityUpdates);
  const rulesets = ofType(TYPES.rulesets);
  const owning = new Set(
    [...files.map(({ resource }) => resource), ...alerts, ...securityUpdates, ...rulesets].map(({ stack }) => stack),
  );
  return {
    name,
    stacks: model.stacks.filter((stack) => owning.has(stack.name)),
    ...{ files, alerts, securityUpdates, rulesets, doubts },
    actionsSecrets: ofType(TYPES.actionsSecrets),
    dependabotSecrets: ofType(TYPES.dependabotSecrets),
  };
}

interface Doubtful {
  readonly doubt: string;
}

/** Whether a resource is part of a repository: its own attribute names the repository, its provider the owner. */
function isPartOf(resource: Resource, fullName: string, model: Model): boolean | Doubtful {
  const [owner = "", name = ""] = fullName.toLowerCase().split("/");
  const { repository } = resource.attributes;
  if (typeof repository !== "string") return { doubt: "which repository it belongs to is known to the apply alone" };
  if (repository.toLowerCase() !== name) return false;
  const provider = providerOf(resource, model);
  return typeof provider === "string" ? provider === owner : provider;
}

/** The owner that a resource's provider works for, in lower case. */
function providerOf({ stack: name, body }: Resource, model: Model): string | Doubtful {
  const json = model.stack(name)?.json ?? {};
  const providers = isObject(json["provider"]) ? json["provider"] : {};
  const configurations = [providers["github"] ?? []].flat().filter(isObject);
  const { provider = "github" } = body;
  const found = configurations.filter(
    ({ alias }) => provider === (alias === undefined ? "github" : `github.${String(alias)}`),
  );
  const [configuration, ...more] = found;
  if (configuration === undefined || more.length > 0)
    return { doubt: `the provider ${String(provider)} is not set up once` };
  const { owner } = configuration;
  if (typeof owner !== "string" || /[$%]\{/.test(owner)) return { doubt: "the owner of its provider is not known" };
  return owner.toLowerCase();
}

const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...["repository", "branch", "file", "content", "overwrite_on_create"],
  ...["commit_message", "commit_author", "commit_email"],
]);

function fileOf(resource: Resource): WrittenFile | Doubtful {
  const { file: path, branch, content } = resource.attributes;
  const unknown = Object.keys(resource.attributes).find((name) => !ATTRIBUTES.has(name));
  if (unknown !== undefined) return { doubt: `what ${unknown} does to a file isn't modelled` };
  if (typeof path !== "string" || !isCanonical(path)) return { doubt: "which file it writes is not known" };
  if (branch !== undefined && branch !== null && typeof branch !== "string") {
    return { doubt: `to which branch it writes ${path} is known to the apply alone` };
  }
  return { path, branch: branch ?? undefined, text: textOf(content), resource };
}

const textOf = (content: Value | undefined): string | undefined => (typeof content === "string" ? content : undefined);

/** Whether no other spelling of a path leads to the same file. */
function isCanonical(path: string): boolean {
  return path.split("/").every((segment) => !["", ".", ".."].includes(segment));
}
