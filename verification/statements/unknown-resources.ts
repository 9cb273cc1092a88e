import type { Policy } from "../../policy/policy";
import { zoneOf } from "../edge/zone";
import { oncePer } from "../once-per";
import type { Question } from "../../policy/question";
import { placeAt, type Unknown } from "../result";
import { STATEMENT_IDS } from "../../policy/statements";
import { escapedReferences } from "../terraform/references";
import { blocksOf, child, isObject } from "../terraform/json";
import type { Model } from "../terraform/model";
import type { Place, Resource } from "../terraform/stack";
import { unreadAttributesOf } from "./attributes";
import { coverageOf, providerNamedIn, type Standing, statementsOf } from "./coverage";
import type { AppUnknown } from "./unknown-blocks";

/** Parts of the resources that bear on a statement, as far as they aren't understood. */
export const unknownResourcesIn = oncePer(({ resources }: Model): readonly AppUnknown[] =>
  resources.flatMap((resource) => [
    ...ofItsType(resource),
    ...ofItsAttributes(resource),
    ...ofItsMetaArguments(resource),
  ]),
);

const placedIn = (resource: Resource, ...keys: readonly string[]): Place =>
  placeAt({ ...resource, pointer: keys.reduce(child, resource.pointer) });

/** A type that is harmless by its names is unknown only to those whose names may stand in it. */
export const NAMES: Readonly<Partial<Record<Standing, AppUnknown["unlessNamed"]>>> = {
  "by host": "host",
  "by secret": "secret",
};

const MEANT: ReadonlySet<Standing> = new Set(["unknown", "authority", "by host", "by secret"]);

function ofItsType(resource: Resource): readonly AppUnknown[] {
  const { type, attributes } = resource;
  const coverage = coverageOf(type, attributes);
  if (coverage === undefined) {
    const reason = `a ${type} belongs to an unknown provider, which may do anything`;
    return [{ statements: STATEMENT_IDS, unknown: { reason, question: "provider", place: placeAt(resource) } }];
  }
  const { standing, statements, reason } = coverage;
  const unlessNamed = NAMES[standing];
  return [
    ...(MEANT.has(standing) ? [`what a ${type} does isn't modelled: ${reason}`] : []),
    ...(type === "cloudflare_ruleset" && zoneOf(resource) === ""
      ? ["what a ruleset of an account does isn't modelled"]
      : []),
  ].map((what) => ({
    ...{ statements, resource },
    unknown: {
      reason: what,
      question: standing === "authority" ? ("authority" as const) : ("type" as const),
      place: placeAt(resource),
    },
    ...(unlessNamed === undefined ? {} : { unlessNamed }),
  }));
}

function ofItsAttributes(resource: Resource): readonly AppUnknown[] {
  return unreadAttributesOf(resource).map(([name, reason]) => ({
    ...{ statements: statementsOf(resource), resource },
    unknown: { reason, question: "value", place: placedIn(resource, name) },
  }));
}

/** Unknown meta-arguments of a resource. A resource that bears on no statement has none. */
function ofItsMetaArguments(resource: Resource): readonly AppUnknown[] {
  const statements = statementsOf(resource);
  if (statements.length === 0) return [];
  return META_ARGUMENTS.filter(
    ([key, isUnknown]) => key in resource.body && isUnknown(resource.body[key], resource),
  ).map(([key, , question, reason]) => ({
    ...{ statements, resource },
    unknown: { reason, question, place: placedIn(resource, key) },
  }));
}

/** A meta-argument that is unknown, and why; each other one is read elsewhere, or changes nothing. */
type MetaArgument = readonly [
  key: string,
  isUnknown: (value: unknown, resource: Resource) => boolean,
  question: Question,
  reason: string,
];

const always = (): boolean => true;

/**
 * The keys of a lifecycle that let the apply fail, or say how a resource is replaced. A replacement is judged as a
 * change to a live thing.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
 */
export const LIFECYCLE: ReadonlySet<string> = new Set([
  ...["prevent_destroy", "create_before_destroy", "precondition", "postcondition", "replace_triggered_by"],
]);

/** @see https://developer.hashicorp.com/terraform/language/meta-arguments */
const META_ARGUMENTS: readonly MetaArgument[] = [
  ["count", always, "repeat", "only the apply knows how many there are: count"],
  ["for_each", always, "repeat", "only the apply knows how many there are: for_each"],
  ["provider", (_, resource) => isOfOtherProvider(resource), "provider", "a provider of another type manages it"],
  ["dynamic", always, "repeat", "only the apply knows what a dynamic block makes"],
  ["connection", always, "program", "a connection is for programs, which may do anything"],
  [
    "lifecycle",
    (value) => blocksOf(value).some((block) => "ignore_changes" in block),
    "lifecycle",
    "Terraform would leave changes by others in place: lifecycle.ignore_changes",
  ],
  [
    "lifecycle",
    (value) =>
      !isBlocks(value) ||
      blocksOf(value)
        .flatMap(Object.keys)
        .some((key) => key !== "ignore_changes" && !LIFECYCLE.has(key)),
    "program",
    "what Terraform does with it isn't modelled: lifecycle",
  ],
];

/** Whether a value is a block, or a list of blocks. */
const isBlocks = (value: unknown): boolean => [value].flat(Infinity).every(isObject);

/** `cloudflare.eu` is a configuration of the provider that the type belongs to; `other` isn't that provider. */
function isOfOtherProvider({ type, body }: Resource): boolean {
  const own = providerNamedIn(type);
  const { provider = own } = body;
  return String(provider).split(".")[0] !== own;
}

/** Where `$${` was written and `${` was meant, the platform is sent the reference as text. */
export const lostReferencesIn = oncePer(({ resources }: Model): readonly AppUnknown[] =>
  resources.flatMap((resource) => {
    const statements = statementsOf(resource);
    return statements.length === 0
      ? []
      : lostReferencesOf(resource).map((unknown) => ({ statements, resource, unknown }));
  }),
);

function lostReferencesOf(resource: Resource): readonly Unknown[] {
  const { type, address, body } = resource;
  if (!JSON.stringify(body).includes("$${")) return [];
  const name = address.slice(type.length + 1);
  const found = escapedReferences({ value: { resource: { [type]: { [name]: body } } }, pointer: "" });
  return found.map(({ pointer, wrong, meant }) => ({
    reason: `${wrong}; meant: ${meant}`,
    question: "value",
    place: placeAt({ ...resource, pointer }),
  }));
}

/**
 * A modelled resource is read where its zone is known. No policy declares the zone of a stray, or only the apply knows
 * it. So it may be the zone in question.
 */
export const straysBeside = oncePer((policies: readonly Policy[]) => {
  const declared = new Set(["", ...policies.flatMap((each) => (each.ownsZone ? each.edge.zone.id : []))]);
  return oncePer(({ resources }: Model) => {
    const strays = resources.filter(
      (resource) => coverageOf(resource.type)?.standing === "modelled" && !declared.has(zoneOf(resource)),
    );
    return (zone: string): readonly AppUnknown[] =>
      strays.map((resource) => ({
        ...{ statements: statementsOf(resource), resource },
        unknown: {
          reason: `only the apply knows whether the zone of this ${resource.type} is ${zone}`,
          question: "identity",
          place: placeAt(resource),
        },
      }));
  });
});
