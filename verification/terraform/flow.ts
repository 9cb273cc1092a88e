import { groupedBy } from "../collections";
import { oncePer } from "../once-per";
import { META_ARGUMENTS } from "./evaluation";
import { blocksOf, child } from "./json";
import { type Mention, mentionsIn } from "./mentions";
import { isSensitive } from "./providers";
import type { Place, Stack } from "./stack";

/** A value that is followed: it stands at an address, or at a member on the way from there. */
export type Source = Mention;

/** A text that Terraform evaluates. */
export interface Template extends Place {
  /** The block that it stands in: `local.<name>`, `<type>.<name>`, `data.<type>.<name>`, else `<block>.<label>`. */
  readonly address: string;
  /** The members on the way from there, without positions in lists. */
  readonly members: readonly string[];
  readonly mentions: readonly Mention[];
}

/** A text that a value reaches. */
export interface Reached extends Template {
  /** Whether it holds the value for certain; else it may. */
  readonly isCertain: boolean;
}

/** A value on its way. */
interface Flow extends Source {
  readonly isCertain: boolean;
  /** The members that the block is given, where a provider may make others of them; undefined where none does. */
  readonly given?: ReadonlySet<string>;
}

/**
 * The texts of a stack that hold, or may hold, one of these values: by name, through locals, through resources and data
 * that get them, and through any function or loop. A resource's id holds none of the values that the resource gets.
 */
export function reachedFrom(stack: Stack, sources: readonly Source[]): readonly Reached[] {
  const reached = new Map<string, Reached>();
  const readers = readersIn(stack);
  const flows: Flow[] = sources.map((source) => ({ ...source, isCertain: true }));
  // The list also gives out members that are added meanwhile. A text is added twice at most: where it may hold a value,
  // then for certain.
  for (const flow of flows) {
    for (const { template, mention } of readers.get(flow.address) ?? []) {
      const met = meeting(flow, mention);
      const isCertain = flow.isCertain && met === "certain";
      const known = reached.get(template.pointer);
      if (met === "none" || known?.isCertain === true || (known !== undefined && !isCertain)) continue;
      reached.set(template.pointer, { ...template, isCertain });
      const onward = flowFrom(stack, template, isCertain);
      if (onward !== undefined) flows.push(onward);
    }
  }
  return [...reached.values()];
}

/** The texts of a stack by the things that they name. */
const readersIn = oncePer((stack: Stack) => {
  const all = templatesOf(stack).flatMap((template) => template.mentions.map((mention) => ({ template, mention })));
  return groupedBy(all, ({ mention }) => mention.address);
});

/** Whether the named thing holds the value. */
function meeting({ members, given }: Flow, mention: Mention): "certain" | "possible" | "none" {
  if (onOneWay(members, mention.members)) return "certain";
  const [member = ""] = mention.members;
  return given === undefined || member === "id" || given.has(member) ? "none" : "possible";
}

/** Whether one way is the beginning of the other. A member whose name is a template may be any. */
function onOneWay(one: readonly string[], other: readonly string[]): boolean {
  return one.every((name, index) => {
    const opposite = other[index] ?? name;
    return opposite === name || [name, opposite].some((each) => /[$%]\{/.test(each));
  });
}

/**
 * The value on from a text that holds it; undefined where Terraform only checks it, or shows it. A provider that takes a secret
 * as such gives it on as such: a certificate shows nothing of its key.
 */
function flowFrom(stack: Stack, { address, members }: Template, isCertain: boolean): Flow | undefined {
  if (address.startsWith("local.") || isSensitive(address, members)) return { address, members, isCertain };
  const given = membersGivenIn(stack).get(address);
  return given === undefined || META_ARGUMENTS.has(members[0] ?? "")
    ? undefined
    : { address, members, isCertain, given };
}

/** The members that resources and data are given, by their addresses. */
const membersGivenIn = oncePer(({ json }: Stack): ReadonlyMap<string, ReadonlySet<string>> => {
  const checks = blocksOf(json["check"]).flatMap(Object.values).flatMap(blocksOf);
  return new Map([
    ...membersGiven("", json["resource"]),
    ...[json, ...checks].flatMap(({ data }) => membersGiven("data.", data)),
  ]);
});

function membersGiven(prefix: string, types: unknown) {
  return labelled(types).flatMap(([type, named]) =>
    labelled(named).map(([name, body]) => {
      const given = labelled(body).filter(([, value]) => value !== null);
      return [`${prefix}${type}.${name}`, new Set(given.map(([member]) => member))] as const;
    }),
  );
}

const labelled = (blocks: unknown) => blocksOf(blocks).flatMap((block) => Object.entries(block));

/** The texts of a stack that Terraform evaluates, where they name anything. */
export const templatesOf = oncePer(({ name, json }: Stack): readonly Template[] => templatesIn(json, [], name));

/** The names of members are templates as their values are, and bear on the object that they are in. */
function templatesIn(value: unknown, names: readonly string[], stack: string): readonly Template[] {
  if (typeof value === "string") return templateOf(value, names, names, stack);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = [...names, name];
    return [...templateOf(name, at, names, stack), ...templatesIn(inner, at, stack)];
  });
}

function templateOf(text: string, at: readonly string[], holder: readonly string[], stack: string) {
  const mentions = mentionsIn(text);
  if (mentions.length === 0) return [];
  const site = siteOf(holder);
  const own = ({ address, members }: Mention) => ({ address: address === "self" ? site.address : address, members });
  return [{ ...site, stack, pointer: at.reduce(child, ""), mentions: mentions.map(own) }];
}

/** The block that some names lead into. Positions in lists name none. */
function siteOf(names: readonly string[]): Pick<Template, "address" | "members"> {
  const [block = "", ...rest] = names.filter((name) => !/^\d+$/.test(name)).map((name) => name.normalize("NFC"));
  if (block === "check" && rest[1] === "data") return siteOf(rest.slice(1));
  const length = block === "resource" || block === "data" ? 2 : 1;
  const root = block === "resource" ? [] : [block === "locals" ? "local" : block];
  return { address: [...root, ...rest.slice(0, length)].join("."), members: rest.slice(length) };
}
