import fc from "fast-check";
import { type Address, printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { parse, type Predicate } from "../../../network/rules-language";
import { addressesOf } from "../../../verification/edge/evaluate/predicate-test";
import { addressAxis, type AddressRanges } from "../../../verification/solver/address-axis";
import { evaluate } from "../../../verification/edge/evaluate/evaluate";
import { requestOf } from "../../../verification/edge/evaluate/request";
import { Answer } from "../../../verification/solver/formula";
import { next, parsed, prefixOf, previous, textOf } from "../../network/bits";
import { runs } from "../../support/sample";

const { YES, NO } = Answer;
const EVERYTHING = AddressSet.everything().ranges;
const rangesOf = (predicate: string): AddressRanges => {
  const ranges = addressesOf(parse(predicate) as Predicate, new Map());
  if (ranges === undefined) throw new Error(`${predicate} is not understood`);
  return ranges;
};
const classesOf = (...predicates: readonly string[]) => addressAxis(EVERYTHING).classes(predicates.map(rangesOf));
const examplesOf = ({ examples }: { readonly examples: readonly Address[] }) => examples.map(printAddress);

/** Blocks close to each other, so that they nest and touch. */
const block = fc.oneof(
  fc.tuple(fc.nat(3), fc.integer({ min: 22, max: 32 })).map(([third, length]) => cidr(`10.0.${third}.0`, length)),
  fc.tuple(fc.nat(3), fc.integer({ min: 118, max: 128 })).map(([last, length]) => cidr(`2001:db8::${last}00`, length)),
);

/** The block of an address, made of its bits. */
function cidr(address: string, length: number): string {
  const bits = parsed(address);
  const network = bits.slice(0, length).padEnd(bits.length, "0");
  return `${textOf(network)}/${length}`;
}

const within = (set: readonly string[], bits: string) =>
  set.some((each) => prefixOf(each) === bits.slice(0, prefixOf(each).length)) ? YES : NO;
const sets = fc.array(fc.array(block, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });
const memberships = (all: readonly (readonly string[])[]) => all.map((set) => `ip.src in {${set.join(" ")}}`);

describe("the classes of addresses", () => {
  test("hold every address, by the text of its bits", () => {
    fc.assert(
      fc.property(sets, fc.array(block, { maxLength: 4 }), (all, others) => {
        const classes = classesOf(...memberships(all));
        for (const each of [...all.flat(), ...others]) {
          const length = each.includes(":") ? 128 : 32;
          const [first, last] = [prefixOf(each).padEnd(length, "0"), prefixOf(each).padEnd(length, "1")];
          for (const bits of [previous(first), first, last, next(last)]) {
            const answers = all.map((set) => within(set, bits));
            const own = classes.find((one) => one.answers.join() === answers.join());
            const families = own?.examples.map(({ family }) => (family === 4 ? 32 : 128));
            expect(families).toContain(bits.length);
          }
        }
      }),
      { seed: 6, numRuns: runs(30, 500) },
    );
  });

  test("have examples that the text of their bits puts into them", () => {
    fc.assert(
      fc.property(sets, (all) => {
        for (const one of classesOf(...memberships(all))) {
          for (const text of examplesOf(one)) {
            expect(all.map((set) => within(set, parsed(text)))).toEqual(one.answers);
          }
        }
      }),
      { seed: 7, numRuns: runs(30, 500) },
    );
  });

  test("have an IPv4 and an IPv6 example where both exist, of documentation addresses if they can", () => {
    expect(classesOf("ip.src in {10.0.0.0/8}").map((each) => [each.answers, examplesOf(each)])).toEqual([
      [[NO], ["192.0.2.1", "2001:db8::1"]],
      [[YES], ["10.0.0.0"]],
    ]);
  });

  test("are those of the restriction alone", () => {
    const office = AddressSet.of("office", ["10.0.0.0/8", "10.0.0.0-10.0.0.9"]).ranges;
    const classes = addressAxis(office).classes([rangesOf("ip.src in {10.1.0.0/16 11.0.0.0/8}")]);
    expect(classes.map((each) => [each.answers, examplesOf(each)])).toEqual([
      [[NO], ["10.0.0.0"]],
      [[YES], ["10.1.0.0"]],
    ]);
  });

  test("are none where the restriction holds no address", () => {
    expect(addressAxis(AddressSet.empty("nobody").ranges).classes([])).toEqual([]);
  });

  test("of comparisons agree with the evaluator, across families too", () => {
    const edges = ["0.0.0.0", "10.0.0.4", "10.0.0.5", "10.0.0.6", "255.255.255.255", "::", "::a00:5", "2001:db8::5"];
    for (const literal of ["10.0.0.5", "2001:db8::5", "0.0.0.0", "255.255.255.255"]) {
      for (const operator of ["eq", "ne", "lt", "le", "gt", "ge"]) {
        const predicate = `ip.src ${operator} ${literal}`;
        const set = addressSet(rangesOf(predicate));
        for (const from of edges) {
          const expected = evaluate(parse(predicate), requestOf({ "ip.src": from })).value;
          expect([predicate, from, set.contains(from)]).toEqual([predicate, from, expected]);
        }
      }
    }
  });

  test("of a list are those of its items, and unknown without the list", () => {
    const predicate = parse("ip.src in $office") as Predicate;
    const lists = new Map([["office", AddressSet.of("office", ["10.0.0.0/8"])]]);
    expect(addressesOf(predicate, lists)).toEqual(AddressSet.of("x", ["10.0.0.0/8"]).ranges);
    expect(addressesOf(predicate, new Map())).toBeUndefined();
  });

  test("of 3,000 blocks in ten sets are found in one sweep", () => {
    const many = Array.from({ length: 10 }, (_, set) =>
      Array.from({ length: 300 }, (_, index) => `10.${index % 250}.${set * 20 + (index % 7)}.0/24`),
    );
    expect(classesOf(...memberships(many)).length).toBeGreaterThan(10);
  });
});

function addressSet(ranges: AddressRanges): AddressSet {
  return AddressSet.ofRanges("set", [
    ...ranges[4].map((range) => ({ family: 4 as const, ...range })),
    ...ranges[6].map((range) => ({ family: 6 as const, ...range })),
  ]);
}
