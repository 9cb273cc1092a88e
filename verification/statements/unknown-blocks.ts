import { acceptedAs } from "../../policy/accept";
import type { Policy } from "../../policy/policy";
import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import { appliersOf, ASKING } from "../appliers/appliers";
import { oncePer } from "../once-per";
import type { Question } from "../../policy/question";
import type { Unknown } from "../result";
import { blocksOf, child, dataBlocksOf, dataTypesIn, isObject, type Placed } from "../terraform/json";
import type { Model } from "../terraform/model";
import { openProvidersIn } from "../terraform/providers";
import type { Place, Resource, Stack } from "../terraform/stack";
import { isListed, mayBeRead, statementsOfProvider } from "./coverage";

/** Something in an app's JSON that isn't understood, before it is asked whom it concerns. */
export interface AppUnknown {
  /** The statements that it bears on. */
  readonly statements: readonly StatementId[];
  /** The resource that it stands in. Without one, it concerns every environment. */
  readonly resource?: Resource;
  /** The kind of name that the resource has to hold to bear on anything. @default - it bears without one */
  readonly unlessNamed?: "host" | "secret";
  readonly unknown: Unknown;
}

/** The parts of the stacks beside resources, and the programs of an apply or a plan, that aren't understood. */
export const unknownBlocksIn = oncePer((model: Model): readonly AppUnknown[] => [
  ...model.stacks.flatMap((stack) => [
    ...unknownBlocks(stack),
    ...unknownSettings(stack),
    ...unknownData(stack),
    ...openProviders(stack),
  ]),
  ...appliersOf(model).unknownPrograms.map(({ reason, place }) => ofEverything(reason, place)),
  ...model.stacks.flatMap((stack) => [...departures(stack), ...requests(stack), ...logins(stack)]),
]);

/**
 * A program holds the credentials of the whole apply, so it may do anything on any platform. It bears on every
 * statement of every environment, in any block.
 */
function ofEverything(reason: string, place: Place, question: Question = "program"): AppUnknown {
  return { statements: STATEMENT_IDS, unknown: { reason, question, place } };
}

/** The keys at the top of a file that are read, or that say nothing about a platform. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...["//", "terraform", "provider", "resource", "variable", "locals", "output"],
  ...["data", "import", "moved", "removed", "check"],
]);

function unknownBlocks({ name, json }: Stack): readonly AppUnknown[] {
  return Object.keys(json)
    .filter((key) => !BLOCKS.has(key))
    .map((key) =>
      ofEverything(
        key === "module" ? "what a module makes isn't in the JSON" : `what a block of ${key} does isn't modelled`,
        { stack: name, pointer: child("", key) },
      ),
    );
}

/** The stacks of an app that belong to no environment, and accepted ones that are gone. */
export const unknownStacksBeside = oncePer((policies: readonly Policy[]) => {
  const own = new Set(policies.map(({ name }) => name));
  const accepted = new Set(
    policies.flatMap(({ environment: { accept } }) => acceptedAs("stack", accept).map(({ stack }) => stack)),
  );
  return oncePer(({ stacks }: Model): readonly AppUnknown[] => {
    const there = new Set(stacks.map(({ name }) => name));
    const strange = [...there].filter((name) => !own.has(name) && !accepted.has(name));
    const gone = [...accepted].filter((name) => !there.has(name));
    return [
      ...strange.map((stack) =>
        ofEverything(
          `the stack ${stack} belongs to no environment: add Accept.stack("${stack}", reason) to one's accept`,
          { stack, pointer: "" },
          "stack",
        ),
      ),
      ...gone.map((stack) =>
        ofEverything(
          `Accept.stack("${stack}", …) accepts a stack that isn't there: remove it`,
          { stack, pointer: "" },
          "acceptance",
        ),
      ),
    ];
  });
});

/**
 * Providers of which it is unknown how they use the JSON, or to whom they send it. Each provider runs beside every
 * credential of the apply, so one that is unknown, or comes from another source, may do anything.
 */
function openProviders(stack: Stack): readonly AppUnknown[] {
  const foreign = new Set(
    demandsIn(stack).flatMap(([name, demand]) => (isListed(name, sourceIn(demand)) ? [] : [name])),
  );
  const open = openProvidersIn(stack).map(({ provider, reason, place }) => ({
    statements: foreign.has(provider) ? STATEMENT_IDS : statementsOfProvider(provider),
    unknown: { reason, question: "provider" as const, place },
  }));
  const told = new Set(openProvidersIn(stack).map(({ provider }) => provider));
  const others = [...foreign]
    .filter((provider) => !told.has(provider))
    .map((provider) =>
      ofEverything(
        `the ${provider} provider isn't one that is known from its own source, and may do anything`,
        { stack: stack.name, pointer: child("/terraform/required_providers", provider) },
        "provider",
      ),
    );
  return [...open, ...others];
}

const demandsIn = ({ json }: Stack): readonly (readonly [name: string, demand: unknown])[] =>
  blocksOf(json["terraform"])
    .flatMap(({ required_providers: required }) => blocksOf(required))
    .flatMap((required) => Object.entries(required));

const sourceIn = (demand: unknown): unknown => (isObject(demand) ? demand["source"] : undefined);

/** Keys of `terraform` that are read, or that say where the state is and which version is meant. */
const SETTINGS: ReadonlySet<string> = new Set(["//", "required_version", "required_providers", "backend"]);

/**
 * Demands that only newer versions of Terraform meet:
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
const OF_NEW_VERSIONS = /^(?:\s*(?:(?:>=|>|~>|=|!=)?\s*[1-9]|<=?\s*[2-9])[\w.-]*\s*(?:,(?!$)|$))+$/;

function unknownSettings({ name, json }: Stack): readonly AppUnknown[] {
  const at = (key: string): Place => ({ stack: name, pointer: child("/terraform", key) });
  const { terraform } = json;
  return blocksOf(terraform).flatMap((block) => [
    ...Object.keys(block)
      .filter((key) => !SETTINGS.has(key))
      .map((key) => ofEverything(`what terraform.${key} changes of what Terraform runs isn't modelled`, at(key))),
    ...("required_version" in block && !OF_NEW_VERSIONS.test(String(block["required_version"]))
      ? [ofEverything("an old version of Terraform may read the JSON otherwise", at("required_version"))]
      : []),
  ]);
}

/** Data only reads, unless it asks a program. That of a provider that isn't known may do anything. */
function unknownData({ name, json }: Stack): readonly AppUnknown[] {
  return dataTypesIn(json)
    .filter((type) => !mayBeRead(type) && !ASKING.includes(type))
    .flatMap((type) => dataBlocksOf(json, type))
    .map(({ pointer }) => ofEverything("what this data asks for isn't modelled", { stack: name, pointer }));
}

/**
 * Some providers log in by a program of any kind, which their configuration names in a member `exec`.
 *
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs#exec-plugins
 */
function logins({ name, json }: Stack): readonly AppUnknown[] {
  return membersNamed("exec", { value: json["provider"], pointer: "/provider" }).map((pointer) =>
    ofEverything("a provider may log in by any program", { stack: name, pointer }),
  );
}

function membersNamed(key: string, { value, pointer }: Placed<unknown>): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = child(pointer, name);
    return name === key ? [at] : membersNamed(key, { value: inner, pointer: at });
  });
}

/** A resource that is removed may run a program when it goes: https://developer.hashicorp.com/terraform/language/block/removed */
function departures({ name, json }: Stack): readonly AppUnknown[] {
  return blocksOf(json["removed"]).some((removed) => "provisioner" in removed)
    ? [ofEverything("a provisioner may do anything, also when its resource goes", { stack: name, pointer: "/removed" })]
    : [];
}

/**
 * A request by another method than GET or HEAD may change the thing that answers it.
 *
 * @see https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http
 */
function requests({ name, json }: Stack): readonly AppUnknown[] {
  return dataBlocksOf(json, "http")
    .filter(({ value: { method = "GET" } }) => method !== "GET" && method !== "HEAD")
    .map(({ pointer }) =>
      ofEverything("a request that a plan sends may change what answers it", { stack: name, pointer }),
    );
}
