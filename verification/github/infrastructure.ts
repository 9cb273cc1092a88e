import type { Policy } from "../../policy/policy";
import type { Repository } from "../../policy/repository";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import { placeAt, type Unknown } from "../result";
import { FILE_PATH, relationOf, SECRET_NAME } from "../terraform/identity";
import type { Model } from "../terraform/model";
import type { Resource } from "../terraform/stack";
import { nameOfValue } from "../terraform/value";
import { formerNamesOf } from "./ownership";
import { membership, repositoryOf } from "./repository";
import { isForPeople, PATHS, SECURITY } from "./subject";

/**
 * The resources of the stacks that may change the workflows that deploy the app. As long as no policy names the
 * repository of these workflows, it may be any repository that no environment owns.
 */
export function writesToInfrastructure(model: Model, policies: readonly Policy[]): readonly Unknown[] {
  const environments = policies.map(({ environment }) => environment);
  const named = environments.flatMap(({ infrastructure = [] }) => infrastructure);
  const owned = environments.flatMap(({ repositories = [] }) => repositories);
  const mayBeIt = (resource: Resource, owner: Repository | undefined): boolean =>
    named.length > 0 ? named.some((name) => membership(resource, name, model) !== "another") : owner === undefined;
  return model.resources.filter(mayChangeDeploy).flatMap((resource) => {
    const owner = owned.find(({ name }) => membership(resource, name, model) === "same");
    if (!mayBeIt(resource, owner) || (owner !== undefined && isOfScans(resource, owner))) return [];
    const reason = reasonFor(named, nameOfValue(repositoryOf(resource)));
    return [{ reason, question: named.length === 0 ? "identity" : "text", place: placeAt(resource) }];
  });
}

/** The assumptions that no other repository of the stacks is one of these workflows' by a former name. */
export function formerNamesOfInfrastructure(model: Model, policies: readonly Policy[]): readonly string[] {
  const named = policies.flatMap(({ environment: { infrastructure = [] } }) => infrastructure);
  const changing = model.resources.filter(mayChangeDeploy);
  return [...new Set(named)].flatMap((name) => formerNamesOf(name, changing, model));
}

function reasonFor([name]: readonly string[], repository: string): string {
  return name === undefined
    ? `${repository} may be the repository whose workflows deploy the app, with every credential: name that one by infrastructure`
    : `it may change what the workflows of ${name} run, which deploy the app with every credential`;
}

/**
 * The types of resources that change neither a repository's workflows nor the rights in it, without `github_`.
 *
 * @see https://registry.terraform.io/providers/integrations/github/6.13.0/docs
 */
const HARMLESS: ReadonlySet<string> = new Set([
  ...["branch_protection", "branch_protection_v3", "codespaces_secret", "dependabot_secret", "issue", "issue_label"],
  ...["issue_labels", "release", "repository_autolink_reference", "repository_custom_property"],
  ...["repository_dependabot_security_updates", "repository_milestone", "repository_pages", "repository_project"],
  ...["repository_ruleset", "repository_topics", "repository_vulnerability_alerts", "repository_webhook"],
]);

/** Whether a resource may change the code that a repository's workflows run, or who has a right in it. */
function mayChangeDeploy(resource: Resource): boolean {
  const { type, attributes } = resource;
  if (!type.startsWith("github_") || repositoryOf(resource) === undefined) return false;
  if (type !== FILE) return !HARMLESS.has(type.slice("github_".length));
  const path = FILE_PATH(nameOfValue(attributes["file"]));
  return path === undefined || !isForPeople(path);
}

const FILE = "github_repository_file";

/**
 * Whether the statements about code judge a resource in a repository that an environment owns: a file of its scans, or
 * their token.
 */
function isOfScans({ type, attributes }: Resource, { snyk }: Repository): boolean {
  const { file, secret_name: secret } = attributes;
  if (type === "github_actions_secret") {
    return relationOf(SECRET_NAME, secret, snyk?.tokenSecret ?? SNYK_DEFAULTS.tokenSecret) === "same";
  }
  const path = nameOfValue(file);
  return type === FILE && (path.startsWith(`${SECURITY}/`) || Object.values(PATHS).some((each) => each === path));
}
