import type { StatementId } from "../../policy/statements";
import { zoneOf } from "../edge/zone";
import type { Unknown } from "../result";
import { mayBeSame } from "../terraform/identity";
import type { Resource } from "../terraform/stack";
import { nameOfValue, Opaque } from "../terraform/value";
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

function bears({ statements, resource }: AppUnknown, statement: StatementId, scene: Scene): boolean {
  return statements.includes(statement) && (resource === undefined || mayConcern(resource, scene));
}

/** Whether a resource may belong to what the scene's environment speaks of: it doesn't if it names another zone, account or repository. */
function mayConcern(resource: Resource, { policy, edge }: Scene): boolean {
  const { account, id } = edge.policy.zone;
  const zone = zoneOf(resource);
  if (zone !== "") return mayBeSame(zone, id);
  const { account_id: owner = null, repository = null } = resource.attributes;
  if (owner !== null) return mayBeSame(nameOfValue(owner), account);
  const { repositories = [] } = policy.environment;
  if (repository === null || repository instanceof Opaque) return true;
  const [name = ""] = nameOfValue(repository).toLowerCase().split("/").slice(-1);
  return repositories.some((each) => each.name.toLowerCase().endsWith(`/${name}`));
}
