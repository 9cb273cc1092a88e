import type { StatementId } from "../../../policy/statements";
import { mayBeSame } from "../../terraform/identity";
import type { Resource } from "../../terraform/stack";
import { nameOfValue, Opaque } from "../../terraform/value";
import { zoneOf } from "../../edge/zone";
import { type Unknown, placeAt } from "../../result";
import type { Scene } from "../scene";
import { lostReferencesIn } from "./lost-references";
import { suspiciousProgramsIn } from "./programs";
import { suspiciousResourcesIn } from "./resources";
import { suspiciousBlocksIn } from "./stacks";
import { straysBeside } from "./strays";
import { statementsOf, type Suspicion } from "./suspicion";

/** Why nobody here can say all that bears on a statement: what stands in the JSON that could, and isn't understood. */
export function doubtsAbout(statement: StatementId, scene: Scene): readonly Unknown[] {
  const { model, policies, edge } = scene;
  const { id } = edge.policy.zone;
  const found = [suspiciousBlocksIn, suspiciousProgramsIn, suspiciousResourcesIn, lostReferencesIn].flatMap((each) =>
    each(model),
  );
  const strays = straysBeside(policies)(model).map((resource) => ({
    ...{ statements: statementsOf(resource), resource },
    doubt: {
      reason: `only the apply knows whether the zone of this ${resource.type} is ${id}`,
      place: placeAt(resource),
    },
  }));
  return [...found, ...strays].filter((each) => bears(each, statement, scene)).map(({ doubt }) => doubt);
}

/** What `$${` in a resource that bears on a statement makes of a reference that was meant. */
export function lostReferences(statement: StatementId, scene: Scene): readonly string[] {
  return lostReferencesIn(scene.model)
    .filter((each) => bears(each, statement, scene))
    .map(({ doubt }) => doubt.reason);
}

function bears({ statements, resource }: Suspicion, statement: StatementId, scene: Scene): boolean {
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
