import { InvalidInput, shown } from "../errors/invalid-input";
import { type Address, FAMILIES, type Family, LAST_ADDRESS } from "./address";
import type { AddressRange } from "./address-entry";
import { problemsWithName, problemsWithRange, readAddress, readEntries } from "./address-entry-problems";
import { blocksOf, type Cidr } from "./cidr";
import { HostNotation } from "./host-notation";
import {
  canonical,
  cardinality,
  complement,
  difference,
  equal,
  holds,
  intersection,
  type Intervals,
  union,
} from "./intervals";

type RangesByFamily = Readonly<Record<Family, Intervals>>;

const NOTHING: Intervals = Object.freeze([]);

/**
 * A named set of IPv4 and IPv6 addresses: exact, immutable, and independent of how it was written. Two sets are equal when they
 * hold the same addresses; the name is for people.
 */
export class AddressSet {
  private constructor(
    /** The set's name for people. */
    public readonly name: string,
    /** The addresses as ascending ranges per family, none of which overlap or touch. */
    public readonly ranges: RangesByFamily,
  ) {
    Object.freeze(this);
  }

  /**
   * The addresses that the entries name together.
   *
   * @param name what people call the set: one line of text
   * @param entries each a CIDR block without host bits (`198.51.100.0/24`), one address (`2001:db8::1`) or a range with both
   *   ends included (`192.0.2.1-192.0.2.9`)
   * @throws InvalidInput one error that names every bad entry, and the entry that was probably meant
   */
  public static of(name: string, entries: Iterable<string>): AddressSet {
    const { ranges, problems } = readEntries(entries, "entries");
    InvalidInput.throwIfAny(`address set ${shown(name)}`, [...problemsWithName(name), ...problems]);
    return AddressSet.merged(name, ranges);
  }

  /**
   * The addresses of ranges in any order, overlapping or not.
   *
   * @throws InvalidInput when a range is reversed or leaves its family
   */
  public static ofRanges(name: string, ranges: Iterable<AddressRange>): AddressSet {
    const all = [...ranges];
    const problems = [...problemsWithName(name), ...all.flatMap(problemsWithRange)];
    InvalidInput.throwIfAny(`address set ${shown(name)}`, problems);
    return AddressSet.merged(name, all);
  }

  /** No address at all. */
  public static empty(name: string): AddressSet {
    return AddressSet.ofRanges(name, []);
  }

  /**
   * Every address of both families.
   *
   * @param name what people call the set
   * @default "everything"
   */
  public static everything(name = "everything"): AddressSet {
    return AddressSet.empty(name).complement().named(name);
  }

  /**
   * The same addresses under another name.
   *
   * @throws InvalidInput when the name is not one line of text
   */
  public named(name: string): AddressSet {
    InvalidInput.throwIfAny(`address set ${shown(name)}`, problemsWithName(name));
    return new AddressSet(name, this.ranges);
  }

  /** The addresses in either set. */
  public union(other: AddressSet): AddressSet {
    return this.with(`${this.name} or ${other.name}`, (family) => union(this.ranges[family], other.ranges[family]));
  }

  /** The addresses of this set that the other lacks. */
  public difference(other: AddressSet): AddressSet {
    return this.with(`${this.name} but not ${other.name}`, (family) =>
      difference(this.ranges[family], other.ranges[family], LAST_ADDRESS[family]),
    );
  }

  /** The addresses in both sets. */
  public intersection(other: AddressSet): AddressSet {
    return this.with(`${this.name} and ${other.name}`, (family) =>
      intersection(this.ranges[family], other.ranges[family]),
    );
  }

  /** Every address of both families that this set lacks. */
  public complement(): AddressSet {
    return this.with(`not ${this.name}`, (family) => complement(this.ranges[family], LAST_ADDRESS[family]));
  }

  /** The set's IPv4 addresses. */
  public get ipv4(): AddressSet {
    return this.ofFamily(4);
  }

  /** The set's IPv6 addresses. */
  public get ipv6(): AddressSet {
    return this.ofFamily(6);
  }

  /** The set's addresses of a family. */
  public ofFamily(wanted: Family): AddressSet {
    return this.with(`${this.name} (IPv${wanted})`, (family) => (family === wanted ? this.ranges[family] : NOTHING));
  }

  /** Whether the other set holds every address of this one. */
  public isSubsetOf(other: AddressSet): boolean {
    return this.difference(other).isEmpty;
  }

  /** Whether both sets hold the same addresses, whatever their names. */
  public equals(other: AddressSet): boolean {
    return FAMILIES.every((family) => equal(this.ranges[family], other.ranges[family]));
  }

  /** Whether any address is in both sets. */
  public overlaps(other: AddressSet): boolean {
    return !this.intersection(other).isEmpty;
  }

  /**
   * Whether the set holds an address.
   *
   * @param address the address, or its text
   * @throws InvalidInput when the text is no address, or is an IPv4-mapped one (`::ffff:192.0.2.1`): its host would get
   *   another answer than under its IPv4 address
   */
  public contains(address: string | Address): boolean {
    const { family, value } = typeof address === "string" ? readAddress(address) : address;
    return holds(this.ranges[family], value);
  }

  /** How many addresses the set holds, both families together. */
  public get size(): bigint {
    return FAMILIES.reduce((sum, family) => sum + cardinality(this.ranges[family]), 0n);
  }

  /** Whether the set holds no address. */
  public get isEmpty(): boolean {
    return FAMILIES.every((family) => this.ranges[family].length === 0);
  }

  /** The fewest blocks that hold exactly these addresses: IPv4 in numeric order, then IPv6. */
  public get blocks(): readonly Cidr[] {
    return FAMILIES.flatMap((family) => this.ranges[family].flatMap((range) => blocksOf(family, range)));
  }

  /**
   * The text of `blocks`.
   *
   * @param notation how the platform that reads them writes a single host
   * @default HostNotation.MASKED
   */
  public cidrs(notation: HostNotation = HostNotation.MASKED): readonly string[] {
    return this.blocks.map((block) => notation.print(block));
  }

  /** The set in words, such as `meta (25 IPv4 + 2 IPv6 prefixes)`. */
  public toString(): string {
    const counts = FAMILIES.map((family) => ({
      family,
      count: this.blocks.filter((block) => block.family === family).length,
    })).filter(({ count }) => count > 0);
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    const parts = counts.map(({ family, count }) => `${count} IPv${family}`).join(" + ");
    return `${this.name} (${total === 0 ? "no address" : `${parts} ${total === 1 ? "prefix" : "prefixes"}`})`;
  }

  /** The set as JSON: its name and its blocks. */
  public toJSON(): { readonly name: string; readonly cidrs: readonly string[] } {
    return { name: this.name, cidrs: this.cidrs() };
  }

  private static merged(name: string, ranges: readonly AddressRange[]): AddressSet {
    return new AddressSet(
      name,
      byFamily((family) => canonical(ranges.filter((range) => range.family === family))),
    );
  }

  private with(name: string, ranges: (family: Family) => Intervals): AddressSet {
    return new AddressSet(name, byFamily(ranges));
  }
}

function byFamily(ranges: (family: Family) => Intervals): RangesByFamily {
  return Object.freeze({ 4: ranges(4), 6: ranges(6) });
}
