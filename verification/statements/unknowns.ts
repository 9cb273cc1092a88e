import type { Policy } from "../../policy/policy";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import type { StatementId } from "../../policy/statements";
import { zoneOf } from "../edge/zone";
import type { Unknown } from "../result";
import { mayBeSame } from "../terraform/identity";
import type { Resource } from "../terraform/stack";
import { nameOfValue, Opaque } from "../terraform/value";
import { coverageOf } from "./coverage";
import { declaredHosts } from "./hosts";
import { mayNameHost, mayNameSecret } from "./names";
import type { Scene } from "./scene";
import { type AppUnknown, unknownBlocksIn } from "./unknown-blocks";
import { lostReferencesIn, straysBeside, unknownResourcesIn } from "./unknown-resources";

/** All in the JSON that could bear on a statement and isn't understood. */
export function unknownAbout(statement: StatementId, scene: Scene): readonly Unknown[] {
  const { model, policies } = scene;
  return [
    ...unknownBlocksIn(model),
    ...unknownResourcesIn(model),
    ...lostReferencesIn(model),
    ...straysBeside(policies)(model)(scene.edge.policy.zone.id),
  ]
    .filter((each) => bears(each, statement, scene))
    .map(({ unknown }) => unknown);
}

/** What `$${` in a resource that bears on a statement makes of a reference that was meant. */
export function lostReferences(statement: StatementId, scene: Scene): readonly string[] {
  return lostReferencesIn(scene.model)
    .filter((each) => bears(each, statement, scene))
    .map(({ unknown }) => unknown.reason);
}

function bears({ statements, resource, unlessNamed }: AppUnknown, statement: StatementId, scene: Scene): boolean {
  if (!statements.includes(statement)) return false;
  return resource === undefined || (mayConcern(resource, scene) && isNamed(unlessNamed, resource, scene));
}

/** Whether a resource that is harmless under other names may bear one of the scene's. */
function isNamed(kind: AppUnknown["unlessNamed"], resource: Resource, { policy, edge }: Scene): boolean {
  const { attributes } = resource;
  if (kind === "host") return mayNameHost(attributes, declaredHosts(edge.policy));
  return kind === undefined || mayNameSecret(attributes, tokensOf(policy, resource));
}

/** The secrets that only people set, of the repositories that a resource may be of. Those that Terraform shall write are proven. */
const tokensOf = ({ environment: { repositories = [] } }: Policy, resource: Resource): readonly string[] =>
  repositories
    .filter(({ name }) => mayBeOf(name, resource))
    .map(({ snyk }) => ({ ...SNYK_DEFAULTS, ...snyk }))
    .flatMap(({ writeToken, tokenSecret }) => (writeToken ? [] : [tokenSecret]));

/** What may stop requests of the scene's zone, and lets none past its rules. */
export function slowingIn(scene: Scene): readonly Resource[] {
  return scene.model.resources.filter(
    (resource) => coverageOf(resource.type)?.standing === "slows" && mayConcern(resource, scene),
  );
}

/** Whether a resource may belong to what the scene's environment speaks of: it doesn't if it names another zone, account or repository. */
function mayConcern(resource: Resource, { policy, edge }: Scene): boolean {
  const { account, id } = edge.policy.zone;
  const zone = zoneOf(resource);
  if (zone !== "") return mayBeSame(zone, id);
  const { account_id: owner = null, repository = null } = resource.attributes;
  if (owner !== null) return mayBeSame(nameOfValue(owner), account);
  const { repositories = [] } = policy.environment;
  return repository === null || repositories.some(({ name }) => mayBeOf(name, resource));
}

/** Whether a resource may belong to a repository. */
function mayBeOf(repository: string, { attributes: { repository: own = null } }: Resource): boolean {
  if (own === null || own instanceof Opaque) return true;
  const [name = ""] = nameOfValue(own).toLowerCase().split("/").slice(-1);
  return repository.toLowerCase().endsWith(`/${name}`);
}
