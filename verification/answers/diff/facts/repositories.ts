import { type Subject, subjectOf } from "../../../github/subject";
import type { WrittenRepository } from "../../../github/repository";
import { yamlOf } from "../../../github/yaml";
import { isObject, type JsonObject } from "../../../terraform/json";
import type { Resource, Stack } from "../../../terraform/stack";
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

/** A YAML file as an object, if it is one. */
export function yamlIn(text: string | undefined): JsonObject | undefined {
  const value = text === undefined ? undefined : yamlOf(text).value;
  return isObject(value) ? value : undefined;
}
