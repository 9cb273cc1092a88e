import { isIpv4Mapped, LAST_ADDRESS, parseAddress, printAddress } from "../../../network/address";
import { blocksOf, type Cidr, intervalOf, printCidr } from "../../../network/cidr";
import { HostNotation } from "../../../network/host-notation";
import { canonical } from "../../../network/intervals";
import { type Entry, sorted, type WrittenSet, writtenSets } from "./address-sets";
import { type AppCheck, LintRule, LintSeverity, type NamelessFinding } from "./finding";

/** Entries of sets that say what others say already, that say it in more words than it takes, or that say something else. */
export const addresses: AppCheck = (linted) =>
  writtenSets(linted).flatMap((set) => [...misleading(set), ...overlapping(set), ...mergeable(set)]);

/** How many entries a finding names. */
const SHOWN = 3;

function some(texts: readonly string[]): string {
  const rest = texts.length - SHOWN;
  return texts.slice(0, SHOWN).join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}

function overlapping({ name, place, key, entries }: WrittenSet): readonly NamelessFinding[] {
  const found = sorted(entries).flatMap(overlapsIn);
  if (found.length === 0) return [];
  return [
    {
      rule: LintRule.OVERLAPPING_ADDRESSES,
      severity: LintSeverity.WARNING,
      ...{ place, key },
      what: `${name} has the same addresses more than once: ${some(found)}`,
      change: "remove the entries that others hold",
    },
  ];
}

function overlapsIn(entries: readonly Entry[]): readonly string[] {
  const found: string[] = [];
  let widest: Entry | undefined;
  for (const entry of entries) {
    if (widest !== undefined && entry.first <= widest.last) found.push(overlapText(entry, widest));
    if (widest === undefined || entry.last > widest.last) widest = entry;
  }
  return found;
}

function overlapText(entry: Entry, holder: Entry): string {
  if (entry.text === holder.text) return `${entry.text} stands twice`;
  return entry.last <= holder.last ? `${entry.text} is in ${holder.text}` : `${entry.text} overlaps ${holder.text}`;
}

function mergeable({ name, place, key, entries }: WrittenSet): readonly NamelessFinding[] {
  const found = sorted(entries).flatMap((each) => mergesIn(withoutHeld(each)));
  if (found.length === 0) return [];
  return [
    {
      rule: LintRule.MERGEABLE_ADDRESSES,
      severity: LintSeverity.NOTE,
      ...{ place, key },
      what: `${name} takes more entries than it needs: ${some(found)}`,
      change: "write them as one",
    },
  ];
}

/** Entries that no earlier one holds. */
function withoutHeld(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((entry, index) => !entries.slice(0, index).some(({ last }) => entry.last <= last));
}

/** Blocks that are together one block; where ranges are written, all that touch. */
function mergesIn(entries: readonly Entry[]): readonly string[] {
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
      return parts.length > 1 ? mergeText(parts, blockText(block)) : [];
    });
  });
}

function mergeText(entries: readonly Entry[], whole: string): readonly string[] {
  return [`${entries.map(({ text }) => text).join(" and ")} are together ${whole}`];
}

const blockText = (block: Cidr): string => HostNotation.CLOUDFLARE.print(block);

function rangeText({ family }: Entry, { first, last }: Pick<Entry, "first" | "last">): string {
  const [start, end] = [first, last].map((value) => printAddress({ family, value }));
  return `${start}..${end}`;
}

function misleading({ name, place, key, entries, unread }: WrittenSet): readonly NamelessFinding[] {
  const finding = (severity: LintSeverity, text: string, what: string, change: string): NamelessFinding => ({
    ...{ rule: LintRule.MISLEADING_ADDRESS, severity, place, key: [...key, text] },
    ...{ what: `${name}: ${what}`, change },
  });
  return [
    ...unread.map(({ text, why, change }) =>
      finding(LintSeverity.ERROR, text, `${JSON.stringify(text)} is not read as an address; allowed: ${why}`, change),
    ),
    ...entries.flatMap((entry) =>
      MISREADINGS.flatMap(({ severity, seen }) =>
        seen(entry).map(([what, change]) => finding(severity, entry.text, `${entry.text} ${what}`, change)),
      ),
    ),
    ...oneFamily(entries).map(([what, change]) => finding(LintSeverity.NOTE, "one family", what, change)),
  ];
}

type Seen = readonly (readonly [what: string, change: string])[];

const MISREADINGS: readonly { readonly severity: LintSeverity; readonly seen: (entry: Entry) => Seen }[] = [
  {
    // The engine fills a short address with zeros behind what is written, and takes leading zeros for nothing.
    severity: LintSeverity.WARNING,
    seen: (entry) => {
      const { text, family, first } = entry;
      const [host = ""] = text.split(/\/|\.\./);
      if (parseAddress(host) !== undefined) return [];
      const read = blocksOf(family, entry).map(printCidr).join(", ");
      return [[`is read as ${read}`, `write ${printAddress({ family, value: first })} in full`]];
    },
  },
  {
    severity: LintSeverity.WARNING,
    seen: ({ text, family, first, last }) => {
      const isMapped = [first, last].every((value) => isIpv4Mapped({ family, value }));
      const what = "is met by nobody: a client that is reached over IPv4 has its IPv4 address";
      return isMapped ? [[what, `write the IPv4 form of ${text}`]] : [];
    },
  },
];

/** Everybody of one family looks like everybody. */
function oneFamily(entries: readonly Entry[]): Seen {
  const whole = entries.filter(({ family, first, last }) => first === 0n && last === LAST_ADDRESS[family]);
  const [only, second] = whole;
  if (only === undefined || second !== undefined) return [];
  const other = only.family === 4 ? 6 : 4;
  if (entries.some(({ family }) => family === other)) return [];
  return [
    [`${only.text} is everybody over IPv${only.family}, and nobody over IPv${other}`, "say what of the other family"],
  ];
}
