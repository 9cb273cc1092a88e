import type { StatementId } from "../../policy/statements";
import { escapedInterpolation } from "../lint/escaped-interpolation";
import { zoneOf } from "../model/edge-zone";
import { child, isObject, type JsonObject } from "../model/terraform/json";
import type { Resource, Stack } from "../model/terraform/stack";
import { nameOfValue, Opaque } from "../model/terraform/value";
import { type Doubt, placeAt } from "./conclusion";
import { familyOf, type Influence, influenceOf } from "./influence";
import { isOfficial } from "./provider-sources";
import type { Scene } from "./scene";

/** Why nobody here can say all that bears on a statement: what stands in the JSON that could, and isn't understood. */
export function doubtsAbout(statement: StatementId, scene: Scene): readonly Doubt[] {
  return [
    ...scene.model.stacks.flatMap((stack) => [
      ...unknownBlocks(stack),
      ...programs(stack),
      ...elsewhere(stack, statement),
      ...otherSources(stack, statement),
    ]),
    ...scene.model.resources.flatMap((resource) => {
      const influence = influenceOf(resource.type);
      return influence !== undefined && bears(resource, influence, statement) && mayConcern(resource, scene)
        ? [...doubtsOf(resource, influence), ...whose(resource, influence, scene)]
        : [];
    }),
  ];
}

/** What `$${` in a resource that bears on a statement makes of a reference that was meant. */
export function lostReferences(statement: StatementId, scene: Scene): readonly string[] {
  return scene.model.resources
    .filter(({ type }) => influenceOf(type)?.statements.includes(statement) === true)
    .filter((resource) => mayConcern(resource, scene))
    .flatMap((resource) => escapes(resource).map(({ reason }) => reason));
}

/** A provisioner may do whatever its platform's resources do, whichever it stands in. */
function bears({ type, body }: Resource, { statements }: Influence, statement: StatementId): boolean {
  return statements.includes(statement) || ("provisioner" in body && familyOf(type).includes(statement));
}

function doubtsOf(resource: Resource, { standing }: Influence): readonly Doubt[] {
  const { type, body, pointer } = resource;
  const doubt = (reason: string, ...keys: readonly string[]): Doubt => ({
    reason,
    place: placeAt({ ...resource, pointer: keys.reduce(child, pointer) }),
  });
  return [
    ...(standing === "unknown" ? [doubt(`what a ${type} does isn't modelled`)] : []),
    ...["count", "for_each"].flatMap((key) =>
      key in body ? [doubt(`how many there are is known to the apply alone: ${key}`, key)] : [],
    ),
    ...(isOfOtherProvider(resource) ? [doubt("another provider than its type's manages it", "provider")] : []),
    ...("dynamic" in body ? [doubt("what a dynamic block makes is known to the apply alone", "dynamic")] : []),
    ...(blocksOf(body["lifecycle"]).some((block) => "ignore_changes" in block)
      ? [doubt("Terraform would leave changes by others in place: lifecycle.ignore_changes", "lifecycle")]
      : []),
    // The provisioners of a null_resource are what it is made of: they are judged where appliers are read.
    ...("provisioner" in body && type !== "null_resource"
      ? [doubt("a provisioner may do anything", "provisioner")]
      : []),
    ...escapes(resource),
  ];
}

/** `cloudflare.eu` is a configuration of the provider that the type belongs to; `other` isn't that provider. */
function isOfOtherProvider({ type, body: { provider = type } }: Resource): boolean {
  return String(provider).split(".")[0]?.split("_")[0] !== type.split("_")[0];
}

const ESCAPES = new WeakMap<Resource, readonly Doubt[]>();

/** Where `$${` was written and `${` was meant, the platform is sent the reference as text. */
function escapes(resource: Resource): readonly Doubt[] {
  const known = ESCAPES.get(resource) ?? readEscapes(resource);
  ESCAPES.set(resource, known);
  return known;
}

function readEscapes(resource: Resource): readonly Doubt[] {
  const { type, address, body } = resource;
  if (!JSON.stringify(body).includes("$${")) return [];
  const name = address.slice(type.length + 1);
  const found = escapedInterpolation({ resource: { [type]: { [name]: body } } });
  return found.map(({ pointer, wrong, meant }) => ({
    reason: `${wrong}; meant: ${meant}`,
    place: placeAt({ ...resource, pointer }),
  }));
}

/** A block, which Terraform's JSON syntax lets stand in a list. */
function blocksOf(json: unknown): readonly JsonObject[] {
  return [json].flat().filter(isObject);
}

/** Whether a resource may belong to what the scene's environment speaks of: it doesn't if it names another zone, account or repository. */
function mayConcern(resource: Resource, { policy, edge }: Scene): boolean {
  const { account, id } = edge.policy.zone;
  const zone = zoneOf(resource);
  if (zone !== "") return mayBe(zone, id);
  const { account_id: owner = null, repository = null } = resource.attributes;
  if (owner !== null) return mayBe(nameOfValue(owner), account);
  const { repositories = [] } = policy.environment;
  if (repository === null || repository instanceof Opaque) return true;
  const [name = ""] = nameOfValue(repository).toLowerCase().split("/").slice(-1);
  return repositories.some((each) => each.name.toLowerCase().endsWith(`/${name}`));
}

/** Two ids are the same unless both are known and differ. */
function mayBe(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase() || one.includes("${") || other.includes("${");
}

/** What is modelled is read where its zone is known: nobody reads it where only the apply knows, or where it has none. */
function whose(resource: Resource, { standing }: Influence, { policies, edge }: Scene): readonly Doubt[] {
  if (standing !== "modelled") return [];
  const { type } = resource;
  const doubt = (reason: string): readonly Doubt[] => [{ reason, place: placeAt(resource) }];
  const zone = zoneOf(resource);
  if (zone === "")
    return type === "cloudflare_ruleset" ? doubt("what a ruleset of an account does isn't modelled") : [];
  const declared = policies.flatMap((each) => (each.ownsZone ? each.edge.zone.id : []));
  return declared.includes(zone) || !mayBe(zone, edge.policy.zone.id)
    ? []
    : doubt(`only the apply knows whether the zone of this ${type} is ${edge.policy.zone.id}`);
}

/** What Terraform takes at the top of a file and what says nothing about a platform, beside what is read. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...["//", "terraform", "provider", "resource", "variable", "locals", "output"],
  ...["data", "import", "moved", "removed", "check"],
]);

function unknownBlocks({ name, json }: Stack): readonly Doubt[] {
  return Object.keys(json)
    .filter((key) => !BLOCKS.has(key))
    .map((key) => ({
      reason: key === "module" ? "what a module makes isn't in the JSON" : `what a block of ${key} does isn't modelled`,
      place: { stack: name, pointer: child("", key) },
    }));
}

/**
 * What an apply or a plan does beside resources: a removed one's provisioners run a program, and a request by another
 * method than GET or HEAD may change whatever answers it.
 */
function programs({ name, json }: Stack): readonly Doubt[] {
  const doubt = (reason: string, pointer: string): Doubt => ({ reason, place: { stack: name, pointer } });
  const requests = blocksOf(json["data"])
    .flatMap(({ http }) => blocksOf(http))
    .flatMap((named) => Object.values(named))
    .flatMap(blocksOf);
  return [
    ...(blocksOf(json["removed"]).some((removed) => "provisioner" in removed)
      ? [doubt("a provisioner may do anything, also when its resource goes", "/removed")]
      : []),
    ...(requests.every(({ method = "GET" }) => method === "GET" || method === "HEAD")
      ? []
      : [doubt("a request that a plan sends may change what answers it", "/data/http")]),
  ];
}

/** Where a provider is told to talk to something else than its platform, what it is told reaches nobody. */
function elsewhere({ name, json }: Stack, statement: StatementId): readonly Doubt[] {
  return blocksOf(json["provider"]).flatMap((providers) =>
    Object.entries(providers)
      .filter(([provider]) => familyOf(`${provider}_`).includes(statement))
      .filter(([, configurations]) => blocksOf(configurations).some((each) => each["base_url"] !== undefined))
      .map(([provider]) => ({
        reason: `the ${provider} provider is told to talk to another address than the platform's`,
        place: { stack: name, pointer: child("/provider", provider) },
      })),
  );
}

/** Where another program bears a provider's name, nobody here knows what it makes of the JSON. */
function otherSources({ name, json }: Stack, statement: StatementId): readonly Doubt[] {
  return blocksOf(json["terraform"])
    .flatMap(({ required_providers: required }) => blocksOf(required))
    .flatMap((required) => Object.entries(required))
    .filter(([provider]) => familyOf(`${provider}_`).includes(statement))
    .filter(([provider, demand]) => !isOfficial(provider, isObject(demand) ? demand["source"] : undefined))
    .map(([provider]) => ({
      reason: `the ${provider} provider comes from another source than its platform's, so what it does isn't known`,
      place: { stack: name, pointer: child("/terraform/required_providers", provider) },
    }));
}
