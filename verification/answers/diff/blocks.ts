import { ownOf } from "../../collections";
import { controlAt } from "../../result";
import { isListed } from "../../statements/coverage";
import { blocksOf, canonicalJson, child, isObject, type JsonObject, membersOf } from "../../terraform/json";
import type { Resource, Stack } from "../../terraform/stack";
import { isKnown, plain } from "../../terraform/value";
import { Area, type Difference, differenceOf, Direction, notUnderstood } from "./difference";
import type { Sides } from "./sides";

/** The differing blocks of the stacks, beside resources, that could change what the resources mean. */
export function blockDifferences({ before, after }: Sides): readonly Difference[] {
  const stacks = new Set([before, after].flatMap(({ model }) => model.stacks.map(({ name }) => name)));
  return [...stacks].flatMap((name) => {
    const [one, other] = [before, after].map(({ model }) => model.stack(name));
    const blocks = new Set([one, other].flatMap((stack) => Object.keys(stack?.json ?? {})));
    return [...blocks].flatMap((block) =>
      differing(restOf(block, one), restOf(block, other)).map((member) => differenceAt(name, block, member)),
    );
  });
}

function restOf(block: string, stack: Stack | undefined): JsonObject {
  return stack === undefined ? {} : (ownOf(RESTS, block) ?? whole)(ownOf(stack.json, block), stack);
}

/** The members of a block that could change what resources mean. */
type Rest = (block: unknown, stack: Stack) => JsonObject;

const whole: Rest = (block) => (isObject(block) ? block : { "": block });

/** A block that isn't here is told of as a whole. */
const RESTS: Readonly<Record<string, Rest>> = {
  ...Object.fromEntries(
    ["//", "resource", "output", "import", "moved"].map((block) => [block, (): JsonObject => ({})]),
  ),
  // A thing that stays live is told as such. A program that runs as a thing goes may change what resources mean.
  removed: (block) => {
    const running = blocksOf(block).filter((each) => "provisioner" in each);
    return running.length === 0 ? {} : { "": running };
  },
  // The assertions of a check fail nothing; its data is asked for all the same.
  check: (block) => {
    const asked = blocksOf(block)
      .flatMap((named) => Object.entries(named))
      .map(([name, check]) => [name, blocksOf(check).flatMap(({ data = [] }) => data)] as const);
    return Object.fromEntries(asked.filter(([, data]) => data.length > 0));
  },
  // The proof covers whether a secret is one. Without a default, the value is unknown before the apply.
  variable: (block, stack) => {
    const defaults = mapped(block, (variable) => (isObject(variable) ? variable["default"] : variable));
    const given = Object.entries(defaults).filter(([, value]) => value !== undefined);
    return referredTo(Object.fromEntries(given), "var", stack);
  },
  // A provider is another program only if its source differs.
  terraform: (block) => {
    const required = isObject(block) ? block["required_providers"] : {};
    const sources = mapped(required, (provider) => (isObject(provider) ? provider["source"] : provider));
    return Object.fromEntries(Object.entries(sources).filter(([name, source]) => !isListed(name, source)));
  },
  // The owner is left out: it is read to know whose repositories are meant.
  provider: (block) => {
    const rests = mapped(block, (configurations, name) =>
      [configurations].flat().map((each: unknown) => (isObject(each) && name === "github" ? withoutOwner(each) : each)),
    );
    const isEmpty = (rest: unknown): boolean => isObject(rest) && Object.keys(rest).length === 0;
    return Object.fromEntries(Object.entries(rests).filter(([, all]) => !all.every(isEmpty)));
  },
  // The proof covers what the plan asks of GitHub, and teams are told by their names.
  data: (block) => {
    const { github_repository: _one, github_team: _other, ...rest } = membersOf(block);
    return rest;
  },
  // A local's effects stand in the resources where its values are known.
  locals: (block, stack) => referredTo(membersOf(block), "local", stack),
};

const withoutOwner = ({ owner: _, ...rest }: JsonObject): JsonObject => rest;

function mapped<T>(block: unknown, make: (member: unknown, name: string) => T): Readonly<Record<string, T>> {
  const members = Object.entries(membersOf(block));
  return Object.fromEntries(members.map(([name, member]) => [name, make(member, name)]));
}

/** The members that resources with unknown attributes refer to. */
function referredTo(members: JsonObject, prefix: string, { resources }: Stack): JsonObject {
  const names = Object.keys(members);
  if (names.length === 0) return {};
  const open = resources
    .filter(({ attributes }) => !isKnown(attributes))
    .map(({ attributes }) => JSON.stringify(plain(attributes)));
  const isOpen = (name: string): boolean => open.some((text) => text.includes(`${prefix}.${name}`));
  return Object.fromEntries(Object.entries(members).filter(([name]) => isOpen(name)));
}

function differing(before: JsonObject, after: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null));
}

function differenceAt(stack: string, block: string, member: string): Difference {
  const name = member === "" ? block : `${block}.${member}`;
  const by = { after: { name, stack, pointer: child(`/${block}`, member) } };
  return notUnderstood(name, { stack, by, notes: ["it may change what resources mean that refer to it"] });
}

/** The demands on its inputs that an apply drops, where the inputs are still there. More demands open nothing. */
export function demandDifferences({ before, after }: Sides): readonly Difference[] {
  return after.model.stacks.flatMap((stack) => {
    const still = new Set(stack.resources.flatMap(conditionsOf));
    const earlier = before.model.stack(stack.name)?.resources ?? [];
    return earlier.flatMap((resource) =>
      conditionsOf(resource)
        .filter((condition) => !still.has(condition) && isAbout(condition, stack))
        .map((condition) =>
          differenceOf({
            ...{ direction: Direction.WEAKENED, area: Area.DEMANDS, environments: [resource.stack] },
            sentence: `an apply goes on where ${condition} isn't true`,
            ...{ what: `an apply where ${condition} isn't true`, before: "fails", after: "goes on" },
            ...{ by: { before: controlAt(resource) }, subject: { of: resource.stack, parts: [resource.address] } },
          }),
        ),
    );
  });
}

function conditionsOf({ body: { lifecycle } }: Resource): readonly string[] {
  if (!isObject(lifecycle)) return [];
  const { precondition = [], postcondition = [] } = lifecycle;
  return [precondition, postcondition]
    .flat()
    .flatMap((each: unknown) => (isObject(each) ? String(each["condition"]) : []));
}

/** Whether a stack has all inputs that a condition speaks of. */
function isAbout(condition: string, { json }: Stack): boolean {
  const inputs = membersOf(json["variable"]);
  return [...condition.matchAll(/\bvar\.([\w-]+)/g)].every(([, name = ""]) => name in inputs);
}
