import { canonicalJson } from "../../diagram/effect";
import { child, isObject, type JsonObject } from "../../model/terraform/json";
import type { Stack } from "../../model/terraform/stack";
import { isKnown } from "../../model/terraform/value";
import { type App, both, type Pair } from "../app";
import { Area, type Item, itemOf, Kind } from "../item";

/** What the stacks hold beside resources, where it differs and could change what the resources mean. */
export function blockItems(apps: Pair<App>): readonly Item[] {
  const { before, after } = both(apps, ({ model }) => new Map(model.stacks.map((stack) => [stack.name, stack])));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [one, other] = [before.get(name), after.get(name)];
    const blocks = new Set([...Object.keys(one?.json ?? {}), ...Object.keys(other?.json ?? {})]);
    return [...blocks].flatMap((block) => {
      const restOf = RESTS[block] ?? whole;
      const [own, others] = [one, other].map((stack) => (stack === undefined ? {} : restOf(stack.json[block], stack)));
      return differing(own ?? {}, others ?? {}).map((member) => itemAt(name, block, member));
    });
  });
}

/** What of a block could change what resources mean, by its members. */
type Rest = (block: unknown, stack: Stack) => JsonObject;

const nothing: Rest = () => ({});
const whole: Rest = (block) => (isObject(block) ? block : { "": block });

/** The providers that the model is a model of. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  cloudflare: ["cloudflare/cloudflare"],
  github: ["integrations/github"],
  null: ["null", "hashicorp/null"],
};

/** A block that isn't here is told of as a whole. */
const RESTS: Readonly<Record<string, Rest>> = {
  "//": nothing,
  resource: nothing,
  output: nothing,
  import: nothing,
  moved: nothing,
  check: nothing,
  // Whether a secret is one is proven.
  variable: nothing,
  // A program of a provider is another one by its source alone.
  terraform: (block) => {
    const providers = isObject(block) && isObject(block["required_providers"]) ? block["required_providers"] : {};
    const sources = Object.entries(providers).map(
      ([name, provider]) => [name, isObject(provider) ? provider["source"] : provider] as const,
    );
    return Object.fromEntries(
      sources.filter(([name, source]) => SOURCES[name]?.some((known) => known === source) !== true),
    );
  },
  // Whose repositories are meant is read from the owner.
  provider: (block) => {
    const providers = isObject(block) ? Object.entries(block) : [];
    return Object.fromEntries(
      providers.flatMap(([name, configurations]) => {
        const rests = [configurations].flat().map((each: unknown) => {
          if (!isObject(each)) return each;
          const { owner: _, ...rest } = each;
          return name === "github" ? rest : each;
        });
        const isEmpty = rests.every((rest) => isObject(rest) && Object.keys(rest).length === 0);
        return isEmpty ? [] : [[name, rests] as const];
      }),
    );
  },
  // What the plan asks of GitHub is proven, and teams are told by their names.
  data: (block) => {
    const { github_repository: _one, github_team: _other, ...rest } = isObject(block) ? block : {};
    return rest;
  },
  // What a local makes of what is known stands in the resources.
  locals: (block, { resources }) => {
    const open = resources
      .filter(({ attributes }) => !isKnown(attributes))
      .map(({ attributes }) => canonicalJson(attributes));
    const isOpen = (name: string): boolean => open.some((text) => text.includes(`local.${name}`));
    return Object.fromEntries(Object.entries(isObject(block) ? block : {}).filter(([name]) => isOpen(name)));
  },
};

function differing(before: JsonObject, after: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null));
}

function itemAt(stack: string, block: string, member: string): Item {
  const pointer = child(`/${block}`, member);
  const name = member === "" ? block : `${block}.${member}`;
  return itemOf({
    kind: Kind.UNDECIDED,
    area: Area.UNKNOWN,
    environments: [stack],
    what: `${name}: not understood, and differs`,
    by: { after: { name, stack, pointer } },
    notes: ["it may change what resources mean that refer to it"],
    subject: { of: name, parts: [] },
  });
}
