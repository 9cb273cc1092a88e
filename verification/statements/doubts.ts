import type { StatementId } from "../../policy/statements";
import { zoneOf } from "../model/edge-zone";
import { child, isObject } from "../model/terraform/json";
import type { Resource, Stack } from "../model/terraform/stack";
import { nameOfValue, Opaque } from "../model/terraform/value";
import { type Doubt, placeAt } from "./conclusion";
import { type Influence, influenceOf } from "./influence";
import type { Scene } from "./scene";

/** Why nobody here can say all that bears on a statement: what stands in the JSON that could, and isn't understood. */
export function doubtsAbout(statement: StatementId, scene: Scene): readonly Doubt[] {
  return [
    ...scene.model.stacks.flatMap((stack) => [...modules(stack), ...elsewhere(stack, statement)]),
    ...scene.model.resources.flatMap((resource) => {
      const influence = influenceOf(resource.type);
      return influence?.statements.includes(statement) === true && mayConcern(resource, scene)
        ? [...doubtsOf(resource, influence), ...whose(resource, influence, scene)]
        : [];
    }),
  ];
}

function doubtsOf(resource: Resource, { standing }: Influence): readonly Doubt[] {
  const { type, body, pointer } = resource;
  const doubt = (reason: string, at = pointer): Doubt => ({ reason, place: placeAt({ ...resource, pointer: at }) });
  const lifecycle = isObject(body["lifecycle"]) ? body["lifecycle"] : {};
  return [
    ...(standing === "unknown" ? [doubt(`what a ${type} does isn't modelled`)] : []),
    ...["count", "for_each"].flatMap((key) =>
      key in body ? [doubt(`how many there are is known to the apply alone: ${key}`, child(pointer, key))] : [],
    ),
    ...("ignore_changes" in lifecycle
      ? [doubt("Terraform would leave changes by others in place: lifecycle.ignore_changes", `${pointer}/lifecycle`)]
      : []),
    // The provisioners of a null_resource are what it is made of: they are judged where appliers are read.
    ...("provisioner" in body && type !== "null_resource"
      ? [doubt("a provisioner may do anything", child(pointer, "provisioner"))]
      : []),
  ];
}

/** Whether a resource may belong to what the scene's environment speaks of: it doesn't if it names another zone, account or repository. */
function mayConcern(resource: Resource, { policy, edge }: Scene): boolean {
  const { account, id } = edge.policy.zone;
  const zone = zoneOf(resource);
  if (zone !== "") return mayBe(zone, id);
  const { account_id: owner, repository } = resource.attributes;
  if (owner !== undefined) return mayBe(nameOfValue(owner), account);
  const { repositories = [] } = policy.environment;
  if (repository === undefined || repository instanceof Opaque) return true;
  const name = `/${nameOfValue(repository)}`.toLowerCase();
  return repositories.some((each) => each.name.toLowerCase().endsWith(name));
}

/** Two ids are the same unless both are known and differ. */
function mayBe(one: string, other: string): boolean {
  return one === other || one.includes("${") || other.includes("${");
}

/** What is modelled is read where its zone is known: nobody reads it where only the apply knows, or where it has none. */
function whose(resource: Resource, { standing }: Influence, { policies, edge }: Scene): readonly Doubt[] {
  if (standing !== "modelled") return [];
  const { type } = resource;
  const doubt = (reason: string): readonly Doubt[] => [{ reason, place: resource }];
  const zone = zoneOf(resource);
  if (zone === "")
    return type === "cloudflare_ruleset" ? doubt("what a ruleset of an account does isn't modelled") : [];
  const declared = policies.flatMap((each) => (each.ownsZone ? each.edge.zone.id : []));
  return declared.includes(zone) || !mayBe(zone, edge.policy.zone.id)
    ? []
    : doubt(`only the apply knows whether the zone of this ${type} is ${edge.policy.zone.id}`);
}

function modules({ name, json }: Stack): readonly Doubt[] {
  return isObject(json["module"])
    ? [{ reason: "what a module makes isn't in the JSON", place: { stack: name, pointer: "/module" } }]
    : [];
}

/** Where a provider is told to talk to something else than its platform, what it is told reaches nobody. */
function elsewhere({ name, json }: Stack, statement: StatementId): readonly Doubt[] {
  const providers = isObject(json["provider"]) ? json["provider"] : {};
  return Object.entries(providers).flatMap(([provider, configurations]) => {
    const pointer = child("/provider", provider);
    const bears = influenceOf(`${provider}_`)?.statements.includes(statement) === true;
    const isMoved = [configurations].flat().some((each) => isObject(each) && each["base_url"] !== undefined);
    const reason = `the ${provider} provider is told to talk to another address than the platform's`;
    return bears && isMoved ? [{ reason, place: { stack: name, pointer } }] : [];
  });
}
