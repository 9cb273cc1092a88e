import { parse } from "yaml";
import { parseEntry } from "../../network/address-entry";
import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import { bytesOf } from "../../network/rules-language";
import { EdgePhase } from "../../policy/edge-phase";
import type { Policy } from "../../policy/policy";
import type { StatementId } from "../../policy/statements";
import { CONNECTIONS, type Scope } from "../../verification/edge/scope";
import { oneOf } from "../../verification/solver/language/words";
import { diffOf } from "../../verification/edge/compare";
import { zonesOf } from "../../verification/edge/zone";
import type { Model } from "../../verification/terraform/model";
import type { Resource } from "../../verification/terraform/stack";
import { pathsOfRoute } from "../../verification/statements/hook-1";

/** Whether two apps mean the same: their edges for every request, and everything else by its text. */
export function isEqual(before: Model, after: Model): boolean {
  return meaningOfRest(before) === meaningOfRest(after) && areEdgesEqual(before, after, [{}]);
}

/** Whether they mean the same to every request that a statement about the edge speaks of. */
export function isEqualFor(statement: StatementId, before: Model, after: Model, policies: readonly Policy[]): boolean {
  const scopes = SCOPES[statement]?.(policies) ?? [];
  return scopes.length > 0 && meaningOfRest(before) === meaningOfRest(after) && areEdgesEqual(before, after, scopes);
}

/** The requests that a statement speaks of. */
const SCOPES: Readonly<Partial<Record<StatementId, (policies: readonly Policy[]) => readonly Scope[]>>> = {
  "PORTS-1": () => [
    { connections: CONNECTIONS.filter(({ port }) => port !== Number(Port.HTTP) && port !== Number(Port.HTTPS)) },
  ],
  "PORTS-2": () => [{ connections: CONNECTIONS.filter(({ port }) => port === Number(Port.HTTP)) }],
  "HOOK-1": scopesOfWebhooks,
};

/** The requests of everybody else to a webhook, and those of its sender. */
function scopesOfWebhooks(policies: readonly Policy[]): readonly Scope[] {
  const webhooks = policies.flatMap(({ environment }) => environment.webhooks ?? []);
  return [...new Set(webhooks.map(({ path }) => path))].flatMap((path) => {
    const addresses = webhooks.filter((each) => each.path === path).flatMap(({ sender }) => sender.addresses);
    const senders = AddressSet.of("senders", addresses);
    return [
      { sources: senders.complement(), paths: pathsOfRoute(path) },
      { sources: senders, paths: oneOf([bytesOf(path)]) },
    ];
  });
}

function areEdgesEqual(before: Model, after: Model, scopes: readonly Scope[]): boolean {
  const [zones, others] = [zonesOf(before), zonesOf(after)];
  return (
    zones.length === others.length &&
    zones.every(({ id }, index) => others[index]?.id === id) &&
    zones.every((zone, index) =>
      scopes.every((scope) => {
        const { changes, undecided } = diffOf(zone, others[index] ?? zone, { scope });
        return changes.length === 0 && undecided.length === 0;
      }),
    )
  );
}

const PHASES: readonly string[] = Object.values(EdgePhase);

/**
 * Whether the diagrams compare a resource: they compare rules that decide where a zone's requests end or what the
 * origin gets.
 */
function isCompared({ type, attributes: { phase, zone_id: zone } }: Resource): boolean {
  const isRules = type === "cloudflare_ruleset" && typeof zone === "string" && PHASES.includes(String(phase));
  return isRules || type === "cloudflare_list";
}

/** The meaning of everything beside the rules: the same text for the same meaning. */
function meaningOfRest(model: Model): string {
  const rest = model.resources.filter((resource) => !isCompared(resource)).map(meaningOf);
  return JSON.stringify([...rest.sort(), model.stacks.map(({ json: { resource: _, ...json } }) => meaning(json))]);
}

function meaningOf({ stack, type, address, body }: Resource): string {
  return JSON.stringify([stack, type, address, meaning(body)]);
}

function meaning(value: unknown): unknown {
  if (typeof value === "string") return textMeaning(value);
  if (Array.isArray(value)) return addressesIn(value) ?? value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, meaning(member)] as const);
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** JSON and YAML count by their values, not by their text. */
function textMeaning(text: string): unknown {
  const isStructured = text.startsWith("{") || text.includes("\n");
  try {
    const value: unknown = isStructured ? parse(text) : text;
    return typeof value === "object" ? meaning(value) : text;
  } catch {
    return text;
  }
}

function addressesIn(values: readonly unknown[]): readonly string[] | undefined {
  const texts = values.filter((value) => typeof value === "string");
  const isSet = texts.length > 0 && texts.length === values.length && texts.every((text) => parseEntry(text));
  return isSet ? AddressSet.of("set", texts).cidrs() : undefined;
}
