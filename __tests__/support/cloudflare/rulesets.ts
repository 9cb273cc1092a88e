import { ApiRefusal, type Json, listOf, objectOf, type Route, textOf } from "./api";
import { existing, STAMP, type Estate, type Zone } from "./estate";

/**
 * A zone's rulesets: one per phase, rules that keep their id while they keep their `ref`.
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rulesets-api/ and what the provider calls
 * (cloudflare/terraform-provider-cloudflare v5.22.0, internal/services/ruleset/resource.go).
 */
export function rulesetRoutes(estate: Estate): readonly Route[] {
  const zoneOf = (params: Readonly<Record<string, string>>): Zone => estate.zone(params["zone"] ?? "");
  return [
    {
      method: "GET",
      path: "zones/:zone/rulesets",
      answer: ({ params }) => ({
        result: [...zoneOf(params).rulesets.values()].map((ruleset) => ({ ...ruleset, rules: undefined })),
      }),
    },
    {
      method: "POST",
      path: "zones/:zone/rulesets",
      answer: ({ params, body }) => {
        const zone = zoneOf(params);
        const wanted = objectOf(body);
        refuseSecondOfPhase(zone, wanted);
        const id = estate.newId();
        return { result: store(estate, zone, id, wanted, undefined) };
      },
    },
    {
      method: "GET",
      path: "zones/:zone/rulesets/phases/:phase/entrypoint",
      answer: ({ params }) => ({ result: entryPoint(zoneOf(params), params["phase"] ?? "") }),
    },
    {
      method: "GET",
      path: "zones/:zone/rulesets/:id",
      answer: ({ params }) => ({ result: existing(zoneOf(params).rulesets, params["id"] ?? "", "ruleset") }),
    },
    {
      method: "PUT",
      path: "zones/:zone/rulesets/:id",
      answer: ({ params, body }) => {
        const zone = zoneOf(params);
        const id = params["id"] ?? "";
        return { result: store(estate, zone, id, objectOf(body), existing(zone.rulesets, id, "ruleset")) };
      },
    },
    {
      method: "DELETE",
      path: "zones/:zone/rulesets/:id",
      answer: ({ params }) => {
        const zone = zoneOf(params);
        const id = params["id"] ?? "";
        existing(zone.rulesets, id, "ruleset");
        zone.rulesets.delete(id);
        return { result: null };
      },
    },
  ];
}

/** The rules of a stored ruleset. */
export function rulesOf(ruleset: Json): readonly Json[] {
  return listOf(ruleset["rules"] ?? []);
}

/** The names of the lists that an expression reads. */
export function listsIn(expression: string): readonly string[] {
  const withoutStrings = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return [...withoutStrings.matchAll(/\$([a-z0-9_]+)/g)].map(([, name]) => name ?? "");
}

function entryPoint(zone: Zone, phase: string): Json {
  const ruleset = [...zone.rulesets.values()].find((candidate) => candidate["phase"] === phase);
  if (ruleset === undefined) {
    throw new ApiRefusal(404, 10003, `could not find entrypoint ruleset in the ${phase} phase`);
  }
  return ruleset;
}

/** Source of the text: https://github.com/cloudflare/terraform-provider-cloudflare/issues/6273 */
function refuseSecondOfPhase(zone: Zone, wanted: Json): void {
  const phase = textOf(wanted, "phase");
  if ([...zone.rulesets.values()].some((ruleset) => ruleset["phase"] === phase)) {
    throw new ApiRefusal(
      400,
      20217,
      `'zone' is not a valid value for kind because exceeded maximum number of zone rulesets for phase ${phase}`,
    );
  }
}

function store(estate: Estate, zone: Zone, id: string, wanted: Json, before: Json | undefined): Json {
  const rules = rulesOf(wanted);
  refuseUnknownLists(estate, zone, rules);
  const known = new Map(rulesOf(before ?? {}).map((rule) => [rule["ref"], rule["id"]]));
  const ruleset = {
    ...before,
    ...wanted,
    id,
    description: wanted["description"] ?? "",
    version: String(Number(before?.["version"] ?? 0) + 1),
    last_updated: STAMP,
    rules: rules.map((rule) => storedRule(rule, known, estate)),
  };
  zone.rulesets.set(id, ruleset);
  return ruleset;
}

function storedRule(rule: Json, known: ReadonlyMap<unknown, unknown>, estate: Estate): Json {
  const id = known.get(rule["ref"]) ?? estate.newId();
  return { ref: id, enabled: true, ...rule, id, version: "1", last_updated: STAMP };
}

/** The platform compiles expressions on write, so that a list has to exist before a rule names it. */
function refuseUnknownLists(estate: Estate, zone: Zone, rules: readonly Json[]): void {
  const names = new Set([...estate.account(zone.account).lists.values()].map(({ facts }) => facts["name"]));
  for (const rule of rules) {
    const missing = listsIn(textOf(rule, "expression")).find((name) => !names.has(name));
    if (missing !== undefined) {
      throw new ApiRefusal(
        400,
        20127,
        `'${textOf(rule, "expression")}' is not a valid value for expression because list '${missing}' does not exist`,
      );
    }
  }
}
