import { InvalidInput } from "../../../errors/invalid-input";
import { FAMILIES, type Family } from "../../../network/address";
import { parseEntry } from "../../../network/address-entry";
import { AddressSet } from "../../../network/address-set";
import { type Expression, parse, RulesLanguageError, visit } from "../../../network/rules-language";
import { placeAt } from "../../result";
import type { Place } from "../../terraform/stack";
import { isList, isValueObject } from "../../terraform/value";
import type { Linted } from "./finding";
import { rulesIn, within } from "./zones";

/** An entry of a set of addresses, as it is written and as it is read. */
export interface Entry {
  readonly text: string;
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of addresses somewhere in an app. */
export interface WrittenSet {
  readonly name: string;
  readonly place: Place;
  /** What tells it from others of its place: a condition may have several, each with a lowest entry. */
  readonly key: readonly string[];
  readonly entries: readonly Entry[];
  /** The entries that are no addresses, each with why. */
  readonly unread: readonly { readonly text: string; readonly why: string; readonly change: string }[];
}

/** Every set of addresses in the rules' conditions and in the lists. What an applier sets has to be what a platform has. */
export function writtenSets(linted: Linted): readonly WrittenSet[] {
  return [...inRules(linted), ...inLists(linted)];
}

function inRules({ zones }: Linted): readonly WrittenSet[] {
  return zones.flatMap((zone) =>
    rulesIn(zone).flatMap(([, rule]) => {
      const name = `the condition of ${rule.ref}`;
      const place = within(rule, "expression");
      return setsOf(rule.expression).map((entries) => ({ name, place, key: lowestOf(entries), entries, unread: [] }));
    }),
  );
}

const lowestOf = (entries: readonly Entry[]): readonly string[] =>
  sorted(entries)
    .flat()
    .slice(0, 1)
    .map(({ text }) => text);

/** The sets of an expression, each entry as it is written. */
function setsOf(source: string): readonly (readonly Entry[])[] {
  const sets: (readonly Entry[])[] = [];
  const expression = understood(source);
  if (expression === undefined) return [];
  visit(expression, {
    expression: (each) => {
      if (each.kind !== "membership" || each.set.kind !== "addresses") return;
      sets.push(
        each.set.members.map(({ family, first, last, span }) => ({
          text: source.slice(span.start, span.end),
          ...{ family, first, last },
        })),
      );
    },
  });
  return sets;
}

function understood(source: string): Expression | undefined {
  try {
    return parse(source);
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return undefined;
  }
}

function inLists({ model }: Linted): readonly WrittenSet[] {
  return model.ofType("cloudflare_list").flatMap((list) => {
    const { kind, items, name } = list.attributes;
    if (kind !== "ip" || !isList(items)) return [];
    const texts = items.flatMap((item) => (isValueObject(item) && typeof item["ip"] === "string" ? item["ip"] : []));
    const place = { ...placeAt(list), pointer: `${list.pointer}/items` };
    return [
      {
        name: `the list $${String(name)}`,
        place,
        key: [],
        entries: texts.flatMap((text) => {
          const range = parseEntry(text);
          return range === undefined ? [] : { text, ...range };
        }),
        unread: texts.flatMap(problemWith),
      },
    ];
  });
}

function problemWith(text: string): WrittenSet["unread"] {
  try {
    AddressSet.of("entry", [text]);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.problems.map(({ allowed, change = "write an address" }) => ({ text, why: allowed, change }));
  }
}

/** Entries by family, in the order of their addresses. */
export function sorted(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  return FAMILIES.map((family) =>
    entries
      .filter((entry) => entry.family === family)
      .sort((one, other) => compare(one.first, other.first) || compare(other.last, one.last)),
  );
}

function compare(one: bigint, other: bigint): number {
  return Number(one > other) - Number(one < other);
}
