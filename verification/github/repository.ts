import { oncePerName } from "../once-per";
import type { Model } from "../terraform/model";
import { blocksOf, isObject } from "../terraform/json";
import type { Place, Resource, Stack } from "../terraform/stack";
import { isUnknown, type Unknown } from "./known-text";

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
  /** Resources that may be part of it and aren't understood. */
  readonly unknowns: readonly { readonly reason: string; readonly place: Place }[];
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

/**
 * The repository of a name in every stack of an app.
 *
 * @param name `owner/name`; GitHub compares both without regard to case
 */
export const writtenRepository = oncePerName((model: Model, name: string): WrittenRepository => {
  const unknowns: { reason: string; place: Place }[] = [];
  const isPart = (resource: Resource): boolean => {
    const part = membership(resource, name, model);
    if (typeof part === "boolean") return part;
    unknowns.push({ reason: part.unknown, place: resource });
    return false;
  };
  const ofType = (type: string): readonly Resource[] => model.ofType(type).filter(isPart);
  const files = ofType(TYPES.files).flatMap((resource) => {
    const file = fileOf(resource);
    if (!isUnknown(file)) return [file];
    unknowns.push({ reason: file.unknown, place: resource });
    return [];
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
    ...{ files, alerts, securityUpdates, rulesets, unknowns },
    actionsSecrets: ofType(TYPES.actionsSecrets),
    dependabotSecrets: ofType(TYPES.dependabotSecrets),
  };
});

/** Whether a resource is part of a repository: its own attribute names the repository, its provider the owner. */
function membership(resource: Resource, fullName: string, model: Model): boolean | Unknown {
  const [owner = "", name = ""] = fullName.toLowerCase().split("/");
  const { repository } = resource.attributes;
  if (typeof repository !== "string") return { unknown: "only the apply knows which repository it belongs to" };
  if (repository.toLowerCase() !== name) return false;
  const provider = ownerOf(resource, model);
  return typeof provider === "string" ? provider === owner : provider;
}

/** The owner that a resource's provider works for, in lower case. */
function ownerOf({ stack: name, body }: Resource, model: Model): string | Unknown {
  const providers = model.stack(name)?.json["provider"];
  const configurations = isObject(providers) ? blocksOf(providers["github"]) : [];
  const { provider = "github" } = body;
  const [configuration, ...more] = configurations.filter(
    ({ alias }) => provider === (alias === undefined ? "github" : `github.${String(alias)}`),
  );
  if (configuration === undefined || more.length > 0) {
    return { unknown: `the provider ${String(provider)} isn't set up once` };
  }
  const { owner } = configuration;
  if (typeof owner !== "string" || /[$%]\{/.test(owner)) return { unknown: "the owner of its provider isn't known" };
  return owner.toLowerCase();
}

const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...["repository", "branch", "file", "content", "overwrite_on_create"],
  ...["commit_message", "commit_author", "commit_email"],
]);

function fileOf(resource: Resource): WrittenFile | Unknown {
  const { file: path, branch = null, content } = resource.attributes;
  const other = Object.keys(resource.attributes).find((name) => !ATTRIBUTES.has(name));
  if (other !== undefined) return { unknown: `what ${other} does to a file isn't modelled` };
  if (typeof path !== "string" || !isCanonical(path)) return { unknown: "which file it writes isn't known" };
  if (branch !== null && typeof branch !== "string") {
    return { unknown: `only the apply knows to which branch it writes ${path}` };
  }
  const text = typeof content === "string" ? content : undefined;
  return { path, branch: branch ?? undefined, text, resource };
}

/** Whether no other spelling of a path leads to the same file. */
function isCanonical(path: string): boolean {
  return path.split("/").every((segment) => !["", ".", ".."].includes(segment));
}
