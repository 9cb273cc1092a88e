import { InvalidInput, type Problem, shown } from "../errors/invalid-input";
import { type Address, isIpv4Mapped, LAST_ADDRESS, parseAddress } from "./address";
import { type AddressRange, parseEntry } from "./address-entry";
import { ENTRY_FORMS, HOPELESS_FAULTS, MENDABLE_FAULTS } from "./address-entry-faults";

/** The addresses of a list of entries, and the problems with it. */
export interface ReadEntries {
  readonly ranges: readonly AddressRange[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every entry of an address set and finds every problem among them.
 *
 * @param entries the entries as the user wrote them
 * @param at the list's key path
 */
export function readEntries(entries: unknown, at: string): ReadEntries {
  const notAList = problemsWithList(entries, at);
  if (notAList.length > 0) return { ranges: [], problems: notAList };
  const ranges: AddressRange[] = [];
  const problems: Problem[] = [];
  let index = 0;
  for (const entry of entries as Iterable<unknown>) {
    const range = typeof entry === "string" ? parseEntry(entry) : undefined;
    if (range === undefined) problems.push(problemWith(entry, `${at}[${index}]`));
    else ranges.push(range);
    index++;
  }
  return { ranges, problems };
}

/**
 * Reads one address where nothing else is allowed.
 *
 * @throws InvalidInput when the text is no address, or is an IPv4-mapped one: its host would get another answer than
 *   under its IPv4 address
 */
export function readAddress(text: string): Address {
  const address = plainAddress(text);
  if (address !== undefined) return address;
  const { mended } = mend(text);
  const problem = {
    at: "address",
    got: shown(text),
    allowed: "one IPv4 or IPv6 address, the IPv4 form of a mapped one",
  };
  const change = plainAddress(mended) && { change: `write ${shown(mended)}` };
  throw new InvalidInput("address", [{ ...problem, ...change }]);
}

/** The problems with a range that is given by numbers. */
export function problemsWithRange({ family, first, last }: AddressRange, index: number): readonly Problem[] {
  const fits = 0n <= first && first <= last && last <= LAST_ADDRESS[family];
  const allowed = `0 to ${LAST_ADDRESS[family]} in IPv${family}, the first not after the last`;
  return fits ? [] : [{ at: `ranges[${index}]`, got: `${first} to ${last}`, allowed }];
}

/** The problems with a set's name. */
export function problemsWithName(name: unknown): readonly Problem[] {
  const isOneLine = typeof name === "string" && /^\P{C}*[^\p{C}\s]\P{C}*$/u.test(name);
  return isOneLine ? [] : [{ at: "name", got: shown(name), allowed: "one line of text that is not blank" }];
}

/**
 * Says what is wrong with an entry that can't be read, and which entry was probably meant.
 *
 * @param entry what `parseEntry` refused
 * @param at where it is
 */
function problemWith(entry: unknown, at: string): Problem {
  if (typeof entry !== "string") return { at, got: shown(entry), allowed: `text: ${ENTRY_FORMS}` };
  const { mended, reasons } = mend(entry);
  const hopeless = HOPELESS_FAULTS.find((fault) => fault.isIn(entry) || fault.isIn(mended));
  if (hopeless) return { at, got: shown(entry), allowed: hopeless.allowed, change: hopeless.change };
  if (parseEntry(mended) === undefined) return { at, got: shown(entry), allowed: ENTRY_FORMS };
  return { at, got: shown(entry), allowed: reasons.join("; "), change: `write ${shown(mended)}` };
}

function mend(entry: string): { readonly mended: string; readonly reasons: readonly string[] } {
  const reasons: string[] = [];
  let mended = entry;
  for (const fault of MENDABLE_FAULTS) {
    const better = fault.mend(mended) ?? mended;
    if (better !== mended) reasons.push(fault.allowed);
    mended = better;
  }
  return { mended, reasons };
}

/** A text is refused although it could be iterated: it would be read letter by letter. */
function problemsWithList(entries: unknown, at: string): readonly Problem[] {
  const problem = { at, got: shown(entries), allowed: "a list of entries" };
  if (typeof entries === "string") return [{ ...problem, change: `write [${shown(entries)}]` }];
  return Symbol.iterator in Object(entries) ? [] : [problem];
}

function plainAddress(text: string): Address | undefined {
  const address = parseAddress(text);
  return address && isIpv4Mapped(address) ? undefined : address;
}
