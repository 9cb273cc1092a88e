import fc from "fast-check";
import { ENTRY_FORMS, HOPELESS_FAULTS, MENDABLE_FAULTS } from "../../network/address-entry-faults";
import { AddressSet } from "../../network/address-set";
import { problemsWith as problemsOf } from "../support/problems";

const problemsWith = (...entries: readonly string[]) => problemsOf(() => AddressSet.of("office", entries));

const WHITE_SPACE = "an entry without white space, commas or semicolons";
const HYPHEN = "a hyphen between the ends of a range";
const BRACKETS = "an address without brackets or port";
const ZONE = "an address without zone";
const LEADING_ZEROS = "decimal numbers without leading zeros, which some software reads as octal";
const WILDCARD = "a prefix length in place of wildcards";
const FOUR_OCTETS = "IPv4 addresses of four octets";
const NETMASK = "a prefix length in place of a netmask";
const NO_LENGTH = "a prefix length after the slash";
const LONG_PREFIX = "a prefix length of at most 32 (IPv4) or 128 (IPv6)";
const WHOLE_ENDS = "whole addresses at both ends of a range";
const BLOCK_ENDS = "addresses, not blocks, at the ends of a range";
const ASCII = "an entry of plain ASCII characters";
const MAPPED = "the IPv4 form of an IPv4-mapped address, since that is what traffic from the host carries";
const HOST_BITS = "a block without host bits (for the one host, leave the prefix length out)";
const REVERSED = "a range whose first address comes first";

/** The entry, the allowed form, the text to write instead. */
const MENDABLE: readonly (readonly [string, string, string])[] = [
  [" 192.0.2.1", WHITE_SPACE, "192.0.2.1"],
  ["192.0.2.1\n", WHITE_SPACE, "192.0.2.1"],
  ["192.0.2.1,", WHITE_SPACE, "192.0.2.1"],
  ["192.0.2.1 - 192.0.2.9", WHITE_SPACE, "192.0.2.1-192.0.2.9"],
  ["192.0.2.0 /24", WHITE_SPACE, "192.0.2.0/24"],
  ["192.0.2.１", ASCII, "192.0.2.1"],
  ["192.0.2.1\u200b", ASCII, "192.0.2.1"],
  ["192.0.2.1..192.0.2.9", HYPHEN, "192.0.2.1-192.0.2.9"],
  ["192.0.2.1–192.0.2.9", HYPHEN, "192.0.2.1-192.0.2.9"],
  ["[2001:db8::1]", BRACKETS, "2001:db8::1"],
  ["[2001:db8::1]:443", BRACKETS, "2001:db8::1"],
  ["192.0.2.1:443", BRACKETS, "192.0.2.1"],
  ["fe80::1%eth0", ZONE, "fe80::1"],
  ["fe80::%1/64", ZONE, "fe80::/64"],
  ["010.0.0.1", LEADING_ZEROS, "10.0.0.1"],
  ["192.0.2.001", LEADING_ZEROS, "192.0.2.1"],
  ["192.0.2.0/08", `${LEADING_ZEROS}; ${HOST_BITS}`, "192.0.0.0/8"],
  ["192.0.02.00-192.0.2.09", LEADING_ZEROS, "192.0.2.0-192.0.2.9"],
  ["192.0.2.*", WILDCARD, "192.0.2.0/24"],
  ["10.*", WILDCARD, "10.0.0.0/8"],
  ["10.*.*.*", WILDCARD, "10.0.0.0/8"],
  ["10.0/8", FOUR_OCTETS, "10.0.0.0/8"],
  ["10/8", FOUR_OCTETS, "10.0.0.0/8"],
  ["172.16.0/12", FOUR_OCTETS, "172.16.0.0/12"],
  ["10.0.0.0/255.0.0.0", NETMASK, "10.0.0.0/8"],
  ["0.0.0.0/0.0.0.0", NETMASK, "0.0.0.0/0"],
  ["192.0.2.1/255.255.255.255", NETMASK, "192.0.2.1/32"],
  ["192.0.2.1/", NO_LENGTH, "192.0.2.1"],
  ["192.0.2.1/33", LONG_PREFIX, "192.0.2.1/32"],
  ["2001:db8::1/129", LONG_PREFIX, "2001:db8::1/128"],
  ["192.0.2.1-9", WHOLE_ENDS, "192.0.2.1-192.0.2.9"],
  ["192.0.2.9-1", `${WHOLE_ENDS}; ${REVERSED}`, "192.0.2.1-192.0.2.9"],
  ["10.0.0.0/8-11.0.0.0/8", BLOCK_ENDS, "10.0.0.0-11.255.255.255"],
  ["10.0.0.0-11.0.0.0/8", BLOCK_ENDS, "10.0.0.0-11.255.255.255"],
  ["::ffff:192.0.2.1", MAPPED, "192.0.2.1"],
  ["::ffff:c000:201", MAPPED, "192.0.2.1"],
  ["::ffff:192.0.2.0/120", MAPPED, "192.0.2.0/24"],
  ["::ffff:192.0.2.0/24", MAPPED, "192.0.2.0/24"],
  ["::ffff:0:0/96", MAPPED, "0.0.0.0/0"],
  ["::ffff:192.0.2.1-::ffff:192.0.2.9", MAPPED, "192.0.2.1-192.0.2.9"],
  ["::ffff:192.0.2.1/120", `${MAPPED}; ${HOST_BITS}`, "192.0.2.0/24"],
  ["31.13.24.5/21", HOST_BITS, "31.13.24.0/21"],
  ["2001:db8::1/32", HOST_BITS, "2001:db8::/32"],
  ["192.0.2.9-192.0.2.1", REVERSED, "192.0.2.1-192.0.2.9"],
  ["2001:db8::2-2001:db8::1", REVERSED, "2001:db8::1-2001:db8::2"],
  [" 010.1.2.3/8 ", `${WHITE_SPACE}; ${LEADING_ZEROS}; ${HOST_BITS}`, "10.0.0.0/8"],
];

const LITERAL = "a literal address, since the policy is judged before Terraform knows the values of references";
const ONE_EACH = "one block, address or range in an entry";
const ONE_FAMILY = "a range whose ends are of one family";
const OCTETS = "four numbers of 0 to 255 in an IPv4 address";
const NAME = `addresses, since a name can point elsewhere tomorrow: ${ENTRY_FORMS}`;

/** The entry, the allowed form, the advice. */
const HOPELESS: readonly (readonly [string, string, string])[] = [
  ["", ENTRY_FORMS, "remove the entry or write an address"],
  [" \t", ENTRY_FORMS, "remove the entry or write an address"],
  ["${render_dedicated_ip.ips[0]}", LITERAL, "write the addresses themselves"],
  ["#{TfToken[TOKEN.1]}", LITERAL, "write the addresses themselves"],
  ["192.0.2.1, 192.0.2.2", ONE_EACH, "give each an entry of its own"],
  ["192.0.2.1 192.0.2.2", ONE_EACH, "give each an entry of its own"],
  ["192.0.2.1-2001:db8::1", ONE_FAMILY, "write one entry for IPv4 and one for IPv6"],
  ["192.0.2.1 - 2001:db8::1", ONE_FAMILY, "write one entry for IPv4 and one for IPv6"],
  ["256.0.0.1", OCTETS, "mend the number that is larger"],
  ["192.0.2.0-192.0.2.300", OCTETS, "mend the number that is larger"],
  ["api.example.com", NAME, "write the addresses that the name stands for"],
];

/** Entries that show no probable meaning. */
const FOREIGN = [
  "hello",
  "10.0.0",
  "10",
  "2001:db8",
  "10.0.0.0/255.0.255.0",
  "1-2",
  "/8",
  "::ffff:0:0/95",
  "192.0.2.1-192.0.2.2-192.0.2.3",
  "10.0.0.0/8-11.0.0.0/8-12.0.0.0/8",
];

describe("a bad entry", () => {
  test.each(MENDABLE)("refuses %j: allowed is %s, write %s", (entry, allowed, mended) => {
    expect(problemsWith(entry)).toEqual([
      { at: "entries[0]", got: JSON.stringify(entry), allowed, change: `write "${mended}"` },
    ]);
    expect(() => AddressSet.of("office", [mended])).not.toThrow();
  });

  test.each(HOPELESS)("refuses %j: allowed is %s, %s", (entry, allowed, change) => {
    expect(problemsWith(entry)).toEqual([{ at: "entries[0]", got: JSON.stringify(entry), allowed, change }]);
  });

  test.each(FOREIGN)("refuses %j without a guess", (entry) => {
    expect(problemsWith(entry)).toEqual([{ at: "entries[0]", got: JSON.stringify(entry), allowed: ENTRY_FORMS }]);
  });

  test("refuses a value that is not a text", () => {
    expect(problemsWith(...([10, null, undefined] as unknown as string[]))).toEqual(
      ["10", "null", "nothing"].map((got, index) => ({
        at: `entries[${index}]`,
        got,
        allowed: `text: ${ENTRY_FORMS}`,
      })),
    );
  });

  test("has a case above for every fault that the project knows", () => {
    const mendable = MENDABLE.flatMap(([, allowed]) => allowed.split("; "));
    expect(new Set(mendable)).toEqual(new Set(MENDABLE_FAULTS.map(({ allowed }) => allowed)));
    const changes = HOPELESS.map(([, , change]) => change);
    expect(new Set(changes)).toEqual(new Set(HOPELESS_FAULTS.map(({ change }) => change)));
  });

  test("is never answered with a suggestion that would be refused in turn", () => {
    const pieces = [
      "10",
      "0",
      "255",
      "010",
      "2001",
      "db8",
      "ffff",
      ".",
      ":",
      "::",
      "::ffff:",
      "/",
      "8",
      "33",
      "-",
      " ",
      "%",
    ];
    const entries = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join("")),
      fc
        .tuple(fc.constantFrom(...MENDABLE.map(([entry]) => entry)), fc.nat(20), fc.constantFrom(...pieces))
        .map(([entry, at, piece]) => entry.slice(0, at) + piece + entry.slice(at)),
    );
    const suggestion = (entry: string) => {
      try {
        AddressSet.of("any", [entry]);
        return undefined;
      } catch {
        const [, quoted] = /^write (".*")$/.exec(problemsWith(entry)[0]?.change ?? "") ?? [];
        return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
      }
    };
    let suggestions = 0;
    fc.assert(
      fc.property(entries, (entry) => {
        const better = suggestion(entry);
        if (better === undefined) return;
        suggestions++;
        expect(() => AddressSet.of("any", [better])).not.toThrow();
      }),
      { seed: 20260103, numRuns: 3000 },
    );
    expect(suggestions).toBeGreaterThan(300);
  });
});

describe("bad input", () => {
  test("is one error that names every bad entry by its index, and no good one", () => {
    const entries = ["192.0.2.0/24", "192.0.2.1/24", "2001:db8::/32", "fe80::1%eth0", "hello"];
    expect(problemsWith(...entries).map(({ at }) => at)).toEqual(["entries[1]", "entries[3]", "entries[4]"]);
  });

  test("reads as one line for each entry", () => {
    expect(() => AddressSet.of("office", ["192.0.2.1/24", "198.51.100.9-198.51.100.1"])).toThrow(
      [
        'address set "office" has 2 problems:',
        `  - entries[0]: got "192.0.2.1/24"; allowed: ${HOST_BITS}; change: write "192.0.2.0/24"`,
        `  - entries[1]: got "198.51.100.9-198.51.100.1"; allowed: ${REVERSED}; change: write "198.51.100.1-198.51.100.9"`,
      ].join("\n"),
    );
  });

  test("refuses a text in place of a list, which would be read letter by letter", () => {
    expect(problemsOf(() => AddressSet.of("office", "192.0.2.0/24"))).toEqual([
      { at: "entries", got: '"192.0.2.0/24"', allowed: "a list of entries", change: 'write ["192.0.2.0/24"]' },
    ]);
  });

  test.each([undefined, null, 5, {}])("refuses %j in place of a list", (entries) => {
    expect(problemsOf(() => AddressSet.of("office", entries as unknown as string[]))).toEqual([
      { at: "entries", got: entries === undefined ? "nothing" : JSON.stringify(entries), allowed: "a list of entries" },
    ]);
  });

  test.each(["", " ", "a\nb", "a\u0000", "\u0000a", undefined])(
    "refuses the name %j, together with the bad entries",
    (name) => {
      const refused = problemsOf(() => AddressSet.of(name as string, ["hello"]));
      expect(refused.map(({ at }) => at)).toEqual(["name", "entries[0]"]);
      expect(refused[0]?.allowed).toBe("one line of text that is not blank");
    },
  );

  test.each(["a", "Büro 1", "render: dedicated"])("allows the name %j", (name) => {
    expect(AddressSet.empty(name).name).toBe(name);
  });

  test("refuses a blank name wherever a set gets one", () => {
    const set = AddressSet.everything();
    for (const action of [() => set.named(""), () => AddressSet.empty(""), () => AddressSet.everything("")]) {
      expect(action).toThrow('address set "" has 1 problem:\n  - name: got ""');
    }
  });

  test.each([
    ["reversed", 4, 2n, 1n],
    ["below zero", 4, -1n, 1n],
    ["past the last IPv4 address", 4, 0n, 1n << 32n],
    ["past the last IPv6 address", 6, 0n, 1n << 128n],
  ] as const)("refuses a range of numbers that is %s", (_, family, first, last) => {
    const good = { family, first: 0n, last: 1n };
    expect(problemsOf(() => AddressSet.ofRanges("office", [good, { family, first, last }]))).toEqual([
      {
        at: "ranges[1]",
        got: `${first} to ${last}`,
        allowed: `0 to ${family === 4 ? "4294967295" : "340282366920938463463374607431768211455"} in IPv${family}, the first not after the last`,
      },
    ]);
  });
});

describe("a good entry", () => {
  test.each([
    ["a block", "192.0.2.0/24", ["192.0.2.0/24"]],
    ["an address", "192.0.2.1", ["192.0.2.1/32"]],
    ["an address whose last octets are zero", "10.0.0.0", ["10.0.0.0/32"]],
    ["a range", "192.0.2.1-192.0.2.2", ["192.0.2.1/32", "192.0.2.2/32"]],
    ["a range of one address", "192.0.2.1-192.0.2.1", ["192.0.2.1/32"]],
    ["the last address", "255.255.255.255", ["255.255.255.255/32"]],
    ["the whole of IPv4", "0.0.0.0/0", ["0.0.0.0/0"]],
    ["an IPv6 block in capitals with leading zeros", "2001:0DB8:0000::/32", ["2001:db8::/32"]],
    ["an IPv6 range", "2001:db8::-2001:db8::1", ["2001:db8::/127"]],
    ["an IPv6 address with a dotted tail that is not IPv4-mapped", "64:ff9b::192.0.2.1", ["64:ff9b::c000:201/128"]],
    ["a block that holds more than the IPv4-mapped addresses", "::fffe:0:0/95", ["::fffe:0:0/95"]],
    [
      "a range into the IPv4-mapped addresses",
      "::fffe:ffff:ffff-::ffff:0:0",
      ["::fffe:ffff:ffff/128", "::ffff:0.0.0.0/128"],
    ],
  ])("can be %s", (_, entry, expected) => {
    expect(AddressSet.of("office", [entry]).cidrs()).toEqual(expected);
  });
});
