import type { Policy } from "../../policy/policy";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import { zoneOf } from "../edge/zone";
import { formerNamesOfInfrastructure, writesToInfrastructure } from "../github/infrastructure";
import { membership } from "../github/repository";
import { oncePer } from "../once-per";
import type { Unknown } from "../result";
import { CLOUDFLARE_ID, mayBeSame } from "../terraform/identity";
import type { Model } from "../terraform/model";
import type { Resource } from "../terraform/stack";
import { coverageOf } from "./coverage";
import { declaredHosts } from "./hosts";
import { mayNameHost, mayNameSecret } from "./names";
import { leaksBeside } from "./leaks";
import { liveStateUnknownsIn, takenIn } from "./live-state";
import type { Scene } from "./scene";
import { sharedStatesIn } from "./shared-states";
import { type AppUnknown, unknownBlocksIn, unknownStacksBeside } from "./unknown-blocks";
import { lostReferencesIn, straysBeside, unknownResourcesIn } from "./unknown-resources";

/** All in the JSON that could bear on a statement and isn't understood. */
export function unknownAbout(statement: StatementId, scene: Scene): readonly Unknown[] {
  const { model, policies } = scene;
  return [
    ...unknownBlocksIn(model),
    ...unknownStacksBeside(policies)(model),
    ...unknownResourcesIn(model),
    ...lostReferencesIn(model),
    ...leaksBeside(policies)(model),
    ...liveStateUnknownsIn(model),
    ...sharedStatesIn(model),
    ...straysBeside(policies)(model)(scene.edge.policy.zone.id),
    ...infrastructureWrites(policies)(model),
  ]
    .filter((each) => bears(each, statement, scene))
    .map(({ unknown }) => unknown);
}

/**
 * The assumptions that a statement rests on beside those of its assertions. Each adopted id is that of the meant thing, and
 * no name is a former one of the repository that deploys.
 */
export function assumedAbout(statement: StatementId, scene: Scene): readonly string[] {
  const { model, policies } = scene;
  const taken = takenIn(model).filter(
    ({ statements, resource }) => statements.includes(statement) && mayConcern(resource, scene),
  );
  return [...taken.map(({ assumption }) => assumption), ...deploying(policies)(model)];
}

const deploying = oncePer((policies: readonly Policy[]) =>
  oncePer((model: Model): readonly string[] => formerNamesOfInfrastructure(model, policies)),
);

/** References that `$${` turns into text, in the resources that bear on a statement. */
export function lostReferences(statement: StatementId, scene: Scene): readonly string[] {
  return lostReferencesIn(scene.model)
    .filter((each) => bears(each, statement, scene))
    .map(({ unknown }) => unknown.reason);
}

/** The workflows that deploy the app hold every credential: a resource that changes their code may do anything. */
const infrastructureWrites = oncePer((policies: readonly Policy[]) =>
  oncePer((model: Model): readonly AppUnknown[] =>
    writesToInfrastructure(model, policies).map((unknown) => ({ statements: STATEMENT_IDS, unknown })),
  ),
);

function bears({ statements, resource, unlessNamed }: AppUnknown, statement: StatementId, scene: Scene): boolean {
  if (!statements.includes(statement)) return false;
  return resource === undefined || (mayConcern(resource, scene) && isNamed(unlessNamed, resource, scene));
}

/** Whether a resource that is harmless under other names may bear one of the scene's. */
export function isNamed(kind: AppUnknown["unlessNamed"], resource: Resource, scene: Scene): boolean {
  const { attributes } = resource;
  if (kind === "host") return mayNameHost(attributes, declaredHosts(scene.edge.policy));
  return kind === undefined || mayNameSecret(attributes, tokensOf(scene, resource));
}

/** The secrets that only people set, of the repositories that a resource may be of. Those that Terraform shall write are proven. */
const tokensOf = ({ model, policy }: Scene, resource: Resource): readonly string[] =>
  (policy.environment.repositories ?? [])
    .filter(
      ({ name }) => resource.attributes["repository"] === undefined || membership(resource, name, model) !== "another",
    )
    .map(({ snyk }) => ({ ...SNYK_DEFAULTS, ...snyk }))
    .flatMap(({ writeToken, tokenSecret }) => (writeToken ? [] : [tokenSecret]));

/** Resources that may stop requests of the scene's zone, and let none past its rules. */
export function slowingIn(scene: Scene): readonly Resource[] {
  return allSlowing(scene.model).filter((resource) => mayConcern(resource, scene));
}

const allSlowing = oncePer(({ resources }: Model) =>
  resources.filter(({ type }) => coverageOf(type)?.standing === "slows"),
);

/**
 * Whether a resource may concern the scene's environment. It doesn't if it names another zone, account or repository.
 */
function mayConcern(resource: Resource, { model, policy, edge }: Scene): boolean {
  const { account, id } = edge.policy.zone;
  const zone = zoneOf(resource);
  if (zone !== "") return mayBeSame(CLOUDFLARE_ID, zone, id);
  const { account_id: owner = null, repository = null } = resource.attributes;
  if (owner !== null) return mayBeSame(CLOUDFLARE_ID, owner, account);
  const { repositories = [] } = policy.environment;
  return repository === null || repositories.some(({ name }) => membership(resource, name, model) !== "another");
}
