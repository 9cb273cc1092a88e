import document from "./sensitive-attributes.json";
import { ownOf } from "../collections";
import { OWNER } from "./identity";
import { blocksOf, child, type JsonObject, membersOf } from "./json";
import type { Place, Stack } from "./stack";

/**
 * The reason why a provider may act otherwise on a stack's JSON than the proof knows, and the text to write instead.
 */
export interface OpenProvider {
  /** Its name in the stack, such as `github`. */
  readonly provider: string;
  readonly reason: string;
  readonly place: Place;
}

type Version = readonly [major: number, minor: number, patch: number];

/** A provider whose resources are understood, as it was looked at. */
interface KnownProvider {
  /** Its addresses in the registry: https://registry.terraform.io */
  readonly sources: readonly string[];
  /** The first and the last version whose resources were read and run. */
  readonly first: Version;
  readonly last: Version;
  /** The members of its configuration that change neither its platform nor its login. */
  readonly members: readonly string[];
  /** The members of its login, which the process that runs Terraform has to give. */
  readonly credentials: readonly string[];
}

/**
 * The providers that are understood, by the names that stacks give them.
 *
 * @see https://registry.terraform.io/providers/cloudflare/cloudflare/5.22.0/docs
 * @see https://registry.terraform.io/providers/integrations/github/6.13.0/docs
 */
const PROVIDERS: Readonly<Record<string, KnownProvider>> = {
  cloudflare: {
    sources: ["cloudflare/cloudflare"],
    ...{ first: [5, 14, 0], last: [5, 22, 0] },
    members: ["user_agent_operator_suffix"],
    credentials: ["api_key", "api_token", "api_user_service_key", "email"],
  },
  github: {
    sources: ["integrations/github"],
    ...{ first: [6, 9, 0], last: [6, 13, 0] },
    members: [
      ...["owner", "max_per_page", "max_retries", "parallel_requests"],
      ...["read_delay_ms", "retry_delay_ms", "retryable_errors", "write_delay_ms"],
    ],
    credentials: ["app_auth", "token"],
  },
  null: {
    sources: ["null", "hashicorp/null"],
    ...{ first: [3, 2, 0], last: [3, 2, Infinity] },
    members: [],
    credentials: [],
  },
};

const knownProvider = (name: string): KnownProvider | undefined =>
  Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;

/** The members by which a provider logs in; undefined of one that isn't understood. */
export const credentialsOf = (provider: string): readonly string[] | undefined => knownProvider(provider)?.credentials;

/** The registry that a source without a host is of. */
const REGISTRY = /^registry\.terraform\.io\//;

/** Whether a source of a provider is one of these, which name no host. */
export const isOneOf = (sources: readonly string[], source: unknown): boolean =>
  typeof source === "string" && sources.includes(source.toLowerCase().replace(REGISTRY, ""));

/** Whether a provider comes from its platform's own source; one that isn't understood has none to compare with. */
export function isOfficial(provider: string, source: unknown): boolean {
  const known = knownProvider(provider);
  return known === undefined || isOneOf(known.sources, source);
}

/** The unknowns about the providers of a stack whose resources are understood. */
export function openProvidersIn(stack: Stack): readonly OpenProvider[] {
  return [...demandsIn(stack), ...configurationsIn(stack)];
}

function demandsIn({ name: stack, json, resources }: Stack): readonly OpenProvider[] {
  const demands = new Map(
    blocksOf(json["terraform"])
      .flatMap(({ required_providers: required }) => blocksOf(required))
      .flatMap((required) => Object.entries(required)),
  );
  const used = resources.map(({ type }) => type.split("_")[0] ?? "");
  return [...new Set([...demands.keys(), ...used])].flatMap((provider) => {
    const known = knownProvider(provider);
    if (known === undefined) return [];
    const reason = openDemand(provider, known, demands.get(provider));
    const pointer = demands.has(provider) ? child("/terraform/required_providers", provider) : "/terraform";
    return reason === undefined ? [] : [{ provider, reason, place: { stack, pointer } }];
  });
}

/** The reason why the program of a provider is unknown. */
function openDemand(provider: string, known: KnownProvider, demand: unknown): string | undefined {
  const { source, version = "" } = membersOf(demand);
  if (!isOfficial(provider, source)) {
    return `the ${provider} provider comes from another source than its platform's, so what it does isn't known`;
  }
  if (isWithin(known, version)) return undefined;
  const [first, last] = [known.first, known.last].map((each) => each.join(".").replace("Infinity", "x"));
  return `version ${JSON.stringify(version)} of the ${provider} provider isn't known: write an exact one, from ${first} to ${last}`;
}

/** Whether a version is written exactly, and none before the first or after the last. */
function isWithin({ first, last }: KnownProvider, version: unknown): boolean {
  if (typeof version !== "string" || !/^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/.test(version)) return false;
  const parts = version.split(".").map(Number);
  return !isBefore(parts, first) && !isBefore(last, parts);
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const differing = one.findIndex((part, index) => part !== other[index]);
  return differing >= 0 && (one[differing] ?? 0) < (other[differing] ?? 0);
}

function configurationsIn(stack: Stack): readonly OpenProvider[] {
  return blocksOf(stack.json["provider"])
    .flatMap((providers) => Object.entries(providers))
    .flatMap(([provider, configurations]) => {
      const known = knownProvider(provider);
      if (known === undefined) return [];
      const place = { stack: stack.name, pointer: child("/provider", provider) };
      return blocksOf(configurations)
        .flatMap((configuration) => openMembers(known, configuration, stack))
        .map((what) => ({ provider, reason: `the ${provider} provider ${what}`, place }));
    });
}

/** Members of every provider's configuration that are Terraform's, not the provider's. */
const OWN_MEMBERS: readonly string[] = ["//", "alias"];

/** How a configuration may redirect the requests of a provider. */
function openMembers(known: KnownProvider, configuration: JsonObject, stack: Stack): readonly string[] {
  const allowed = [...OWN_MEMBERS, ...known.members, ...known.credentials];
  const { owner } = configuration;
  return [
    ...Object.keys(configuration)
      .filter((key) => !allowed.includes(key))
      .map((key) => `is given ${key}, which may lead its requests elsewhere: leave it out`),
    ...known.credentials
      .filter((key) => !isOfEnvironment(configuration[key], stack))
      .map((key) => `is given ${key}: leave it out, or take it from a variable without a default`),
    ...(owner === undefined || (typeof owner === "string" && OWNER(owner) !== undefined)
      ? []
      : [`works for ${JSON.stringify(owner)}, which may be any owner: write the plain name of one`]),
  ];
}

/** Whether the process that runs Terraform says a credential: by a variable of its own, or by one of the stack. */
function isOfEnvironment(value: unknown, { json }: Stack): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "object") return blocksOf(value).every((block) => Object.values(block).every(isTold));
  return isTold(value);

  function isTold(text: unknown): boolean {
    const [, name = ""] = /^\$\{var\.([\w-]+)\}$/.exec(String(text)) ?? [];
    const variables = blocksOf(json["variable"]).flatMap((all) =>
      Object.hasOwn(all, name) ? blocksOf(all[name]) : [],
    );
    return variables.length > 0 && variables.every((variable) => !("default" in variable));
  }
}

/**
 * The attributes that providers' schemas call sensitive, by types of resources and of data; and the tokens that register a
 * runner, which GitHub's schema doesn't mark.
 */
const SENSITIVE: Readonly<Record<"resource" | "data", Readonly<Record<string, readonly string[]>>>> = document;

/**
 * The attributes of a resource or of data that are secrets by its provider's schema.
 *
 * @param address `<type>.<name>` or `data.<type>.<name>`
 * @returns the members on the way to each, without positions in lists
 */
export function sensitiveAttributesOf(address: string): readonly (readonly string[])[] {
  const [first = "", second = ""] = address.split(".");
  const found = first === "data" ? ownOf(SENSITIVE.data, second) : ownOf(SENSITIVE.resource, first);
  return (found ?? []).map((path) => path.split("."));
}

/** Whether an attribute is a secret by its provider's schema. */
export const isSensitive = (address: string, members: readonly string[]): boolean =>
  sensitiveAttributesOf(address).some((each) => each.join(".") === members.join("."));
