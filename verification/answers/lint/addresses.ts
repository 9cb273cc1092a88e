import { InvalidInput } from "../../../errors/invalid-input";
import {
  FAMILIES,
  type Family,
  isIpv4Mapped,
  LAST_ADDRESS,
  parseAddress,
  printAddress,
} from "../../../network/address";
import { parseEntry } from "../../../network/address-entry";
import { AddressSet } from "../../../network/address-set";
import { blocksOf, intervalOf, printCidr } from "../../../network/cidr";
import { HostNotation } from "../../../network/host-notation";
import { canonical } from "../../../network/intervals";
import { visit } from "../../../network/rules-language";
import { understood } from "../../edge/conditions";
import { placeAt } from "../../result";
import type { Place } from "../../terraform/stack";
import { isList, isValueObject } from "../../terraform/value";
import { type FindingDraft, type LintCheck, type Linted, type LintSeverity, within } from "./finding";

/** An entry of a set of addresses, as it is written and as it is read. */
interface WrittenEntry {
  readonly text: string;
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of addresses somewhere in an app. */
interface WrittenSet {
  readonly name: string;
  readonly place: Place;
  /** Tells it from others of its place: a condition may have several, each with a lowest entry. */
  readonly key: readonly string[];
  readonly entries: readonly WrittenEntry[];
  /** The entries that are no addresses, each with why. */
  readonly unread: readonly { readonly text: string; readonly why: string; readonly change: string }[];
}

/**
 * Entries of sets that say what others say already, that say it in more words than it takes, or that say something else: in
 * the rules' conditions and in the lists. The sets of appliers have to be as the platform has them.
 */
export const addresses: LintCheck = (linted) =>
  [...inRules(linted), ...inLists(linted)].flatMap((set) => [...misleading(set), ...redundant(set)]);

function inRules({ zones }: Linted): readonly WrittenSet[] {
  return zones.flatMap(({ rules }) =>
    rules.flatMap((rule) => {
      const name = `the condition of ${rule.ref}`;
      const place = within(rule, "expression");
      return setsOf(rule.expression).map((entries) => ({ name, place, key: lowestOf(entries), entries, unread: [] }));
    }),
  );
}

const lowestOf = (entries: readonly WrittenEntry[]): readonly string[] =>
  sorted(entries)
    .flat()
    .slice(0, 1)
    .map(({ text }) => text);

/** The sets of an expression, each entry as it is written. */
function setsOf(source: string): readonly (readonly WrittenEntry[])[] {
  const sets: (readonly WrittenEntry[])[] = [];
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
function sorted(entries: readonly WrittenEntry[]): readonly (readonly WrittenEntry[])[] {
  return FAMILIES.map((family) =>
    entries
      .filter((entry) => entry.family === family)
      .sort((one, other) => compare(one.first, other.first) || compare(other.last, one.last)),
  );
}

function compare(one: bigint, other: bigint): number {
  return Number(one > other) - Number(one < other);
}

/** How many entries a finding names. */
const SHOWN = 3;

/** Entries that a set doesn't need: all cases of a kind are one finding. */
function redundant({ name, place, key, entries }: WrittenSet): readonly FindingDraft[] {
  const families = sorted(entries);
  const told = (finding: Pick<FindingDraft, "rule" | "severity" | "what" | "change">, cases: readonly string[]) => {
    const rest = cases.length - SHOWN;
    const shown = cases.slice(0, SHOWN).join("; ") + (rest > 0 ? `; and ${rest} more` : "");
    return cases.length === 0 ? [] : [{ ...finding, place, key, what: `${name} ${finding.what}: ${shown}` }];
  };
  return [
    ...told(
      {
        ...{ rule: "overlapping-addresses", severity: "warning", what: "has the same addresses more than once" },
        change: "remove the entries that others hold",
      },
      families.flatMap(overlapsIn),
    ),
    ...told(
      {
        ...{ rule: "mergeable-addresses", severity: "note", what: "takes more entries than it needs" },
        change: "write them as one",
      },
      families.flatMap((each) => mergesIn(withoutHeld(each))),
    ),
  ];
}

function overlapsIn(entries: readonly WrittenEntry[]): readonly string[] {
  const found: string[] = [];
  let widest: WrittenEntry | undefined;
  for (const entry of entries) {
    if (widest !== undefined && entry.first <= widest.last) found.push(overlapText(entry, widest));
    if (widest === undefined || entry.last > widest.last) widest = entry;
  }
  return found;
}

function overlapText(entry: WrittenEntry, holder: WrittenEntry): string {
  if (entry.text === holder.text) return `${entry.text} stands twice`;
  return entry.last <= holder.last ? `${entry.text} is in ${holder.text}` : `${entry.text} overlaps ${holder.text}`;
}

/** Entries that no earlier one holds. */
function withoutHeld(entries: readonly WrittenEntry[]): readonly WrittenEntry[] {
  return entries.filter((entry, index) => !entries.slice(0, index).some(({ last }) => entry.last <= last));
}

/** Blocks that are together one block; where ranges are written, all that touch. */
function mergesIn(entries: readonly WrittenEntry[]): readonly string[] {
  const [any] = entries;
  if (any === undefined) return [];
  const { family } = any;
  return canonical(entries).flatMap((run) => {
    const own = entries.filter(({ first }) => run.first <= first && first <= run.last);
    const isOfBlocks = own.every((entry) => blocksOf(family, entry).length === 1);
    if (!isOfBlocks) return own.length > 1 ? mergeText(own, rangeText(any, run)) : [];
    return blocksOf(family, run).flatMap((block) => {
      const { first, last } = intervalOf(block);
      const parts = own.filter((entry) => first <= entry.first && entry.last <= last);
      return parts.length > 1 ? mergeText(parts, HostNotation.CLOUDFLARE.print(block)) : [];
    });
  });
}

function mergeText(entries: readonly WrittenEntry[], whole: string): readonly string[] {
  return [`${entries.map(({ text }) => text).join(" and ")} are together ${whole}`];
}

function rangeText({ family }: WrittenEntry, { first, last }: Pick<WrittenEntry, "first" | "last">): string {
  return [first, last].map((value) => printAddress({ family, value })).join("..");
}

function misleading({ name, place, key, entries, unread }: WrittenSet): readonly FindingDraft[] {
  const finding = (severity: LintSeverity, text: string, [what, change]: Misreading): FindingDraft => ({
    ...{ rule: "misleading-address", severity, place, key: [...key, text] },
    ...{ what: `${name}: ${what}`, change },
  });
  return [
    ...unread.map(({ text, why, change }) =>
      finding("error", text, [`${JSON.stringify(text)} is not read as an address; allowed: ${why}`, change]),
    ),
    ...entries.flatMap((entry) =>
      [...short(entry), ...mapped(entry)].map((each) => finding("warning", entry.text, each)),
    ),
    ...oneFamily(entries).map((each) => finding("note", "one family", each)),
  ];
}

/** How something is read that looks otherwise, and what to write. */
type Misreading = readonly [what: string, change: string];

/** The engine fills a short address with zeros behind what is written, and takes leading zeros for nothing. */
function short(entry: WrittenEntry): readonly Misreading[] {
  const { text, family, first } = entry;
  const [host = ""] = text.split(/\/|\.\./);
  if (parseAddress(host) !== undefined) return [];
  const read = blocksOf(family, entry).map(printCidr).join(", ");
  return [[`${text} is read as ${read}`, `write ${printAddress({ family, value: first })} in full`]];
}

function mapped({ text, family, first, last }: WrittenEntry): readonly Misreading[] {
  if (![first, last].every((value) => isIpv4Mapped({ family, value }))) return [];
  const what = "matches no client: one that connects over IPv4 has its IPv4 address";
  return [[`${text} ${what}`, `write the IPv4 form of ${text}`]];
}

/** Everybody of one family looks like everybody. */
function oneFamily(entries: readonly WrittenEntry[]): readonly Misreading[] {
  const [only, second] = entries.filter(({ family, first, last }) => first === 0n && last === LAST_ADDRESS[family]);
  if (only === undefined || second !== undefined) return [];
  const other = only.family === 4 ? 6 : 4;
  if (entries.some(({ family }) => family === other)) return [];
  return [
    [
      `${only.text} is every IPv${only.family} address, and no IPv${other} address`,
      "add the other family, or the addresses that are meant",
    ],
  ];
}
