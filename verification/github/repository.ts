import { oncePerName } from "../once-per";
import { placeAt, type Unknown as UnknownPart } from "../result";
import type { Model } from "../terraform/model";
import { BRANCH, FILE_PATH, OWNER, type Relation, relationOf, REPOSITORY } from "../terraform/identity";
import { blocksOf } from "../terraform/json";
import type { Resource, Stack } from "../terraform/stack";
import { nameOfValue, type Value } from "../terraform/value";
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
  readonly unknowns: readonly UnknownPart[];
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
  const unknowns: UnknownPart[] = [];
  const isPart = (resource: Resource): boolean => {
    const part = membership(resource, name, model);
    if (part === "unknown")
      unknowns.push({ reason: openness(resource, name), question: "identity", place: placeAt(resource) });
    return part === "same";
  };
  const ofType = (type: string): readonly Resource[] => model.ofType(type).filter(isPart);
  const files = ofType(TYPES.files).flatMap((resource) => {
    const file = fileOf(resource);
    if (!isUnknown(file)) return [file];
    unknowns.push({ reason: file.unknown, question: "identity", place: placeAt(resource) });
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
export function membership(resource: Resource, fullName: string, model: Model): Relation {
  const [owner = "", name = ""] = fullName.split("/");
  const named = relationOf(REPOSITORY, repositoryOf(resource), name);
  if (named !== "same") return named;
  const own = ownerOf(resource, model);
  // The same reference may have another value in another stack.
  return OWNER(nameOfValue(own)) === undefined ? "unknown" : relationOf(OWNER, own, owner);
}

/** The repository that a resource names, which may be the one that it makes; undefined where it is part of none. */
export function repositoryOf({ type, attributes }: Resource): Value | undefined {
  return attributes[type === "github_repository" ? "name" : "repository"] ?? undefined;
}

/** The owner that a resource's provider works for; undefined where its configuration doesn't say it once. */
export function ownerOf({ stack: name, body }: Resource, model: Model): Value | undefined {
  const providers = model.stack(name)?.json["provider"];
  const configurations = blocksOf(providers).flatMap(({ github }) => blocksOf(github));
  const { provider = "github" } = body;
  const [configuration, ...more] = configurations.filter(
    ({ alias }) => provider === (alias === undefined ? "github" : `github.${String(alias)}`),
  );
  return more.length > 0 ? undefined : (configuration?.["owner"] as Value | undefined);
}

/** Why a resource may be part of a repository. */
function openness(resource: Resource, name: string): string {
  const written = nameOfValue(repositoryOf(resource));
  return REPOSITORY(written) === undefined
    ? `${JSON.stringify(written)} may be the repository ${name}: write a repository's name alone, as GitHub shows it`
    : `the owner of ${written} isn't known, so it may be ${name}: give its provider a literal owner`;
}

function fileOf(resource: Resource): WrittenFile | Unknown {
  const { file: path, branch = null, content } = resource.attributes;
  if (typeof path !== "string" || FILE_PATH(path) === undefined) {
    return { unknown: `${JSON.stringify(nameOfValue(path))} may be any file: write its plain path from the root` };
  }
  if (branch !== null && (typeof branch !== "string" || BRANCH(branch) === undefined)) {
    return { unknown: `${path} may be written to any branch: write the plain name of one, such as main` };
  }
  const text = typeof content === "string" ? content : undefined;
  return { path, branch: branch ?? undefined, text, resource };
}
