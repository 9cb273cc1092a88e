import { AddressFeed } from "../../../network/feeds/address-feed";
import { problemsWith as problemsOf } from "../../support/problems";

const FEED = {
  asn: 64496,
  meaning: "prefixes originated by AS64496",
  sources: [
    { repository: "example/blocks", path: "as/64496.json", commit: "a".repeat(40), lastAnnounced: "2026-01-05" },
  ],
  compiled: "2026-02-28",
  ipv4: ["8.8.4.0/24", "8.8.8.0/24"],
  ipv6: ["2a00::/32"],
};
const problemsWith = (change: object) => problemsOf(() => AddressFeed.of("feed", { ...FEED, ...change }));

describe("a feed", () => {
  test("is its addresses and where they come from", () => {
    const { addresses, provenance } = AddressFeed.of("feed", FEED);
    const { ipv4, ipv6, ...rest } = FEED;
    expect([addresses.name, addresses.cidrs(), provenance]).toEqual(["feed", [...ipv4, ...ipv6], rest]);
  });

  test("may lack one family, and a source its last day", () => {
    const [source] = FEED.sources.map(({ repository, path, commit }) => ({ repository, path, commit }));
    expect(AddressFeed.of("feed", { ...FEED, sources: [source], ipv6: [] }).addresses.ipv6.isEmpty).toBe(true);
    expect(AddressFeed.of("feed", { ...FEED, ipv4: [] }).addresses.ipv4.isEmpty).toBe(true);
  });

  test.each([1, 2 ** 32 - 1])("may be of AS%i", (asn) => {
    expect(AddressFeed.of("feed", { ...FEED, asn }).provenance.asn).toBe(asn);
  });

  test("cannot be changed", () => {
    const feed = AddressFeed.of("feed", FEED);
    expect([feed, feed.provenance].every(Object.isFrozen)).toBe(true);
  });
});

describe("a bad feed", () => {
  test("is refused by its name", () => {
    expect(() => AddressFeed.of("feed", { ...FEED, asn: 0 })).toThrow('address feed "feed" has 1 problem:');
  });

  test.each([
    ["a number that is no AS number", "asn", [0, -1, 1.5, 2 ** 32, "64496", undefined]],
    ["a meaning that is blank", "meaning", ["", " ", 1, undefined]],
    [
      "a day that is none",
      "compiled",
      ["2026-02-30", "2026-13-01", "28.02.2026", "2026-02-28T00:00:00Z", 20260228, ["2026-02-28"], undefined],
    ],
    [
      "a source without what finds it again",
      "sources",
      [
        [],
        [null],
        ["example/blocks"],
        ...["repository", "path", "commit"].map((key) => [{ ...FEED.sources[0], [key]: undefined }]),
        ...["main", "a".repeat(41), `x${"a".repeat(40)}`, ["a".repeat(40)]].map((commit) => [
          { ...FEED.sources[0], commit },
        ]),
        [{ ...FEED.sources[0], lastAnnounced: "yesterday" }],
        [FEED.sources[0], {}],
        undefined,
      ],
    ],
  ])("refuses %s", (_, field, values) => {
    const refused = values.map((value) => problemsWith({ [field]: value }).map(({ at }) => at));
    expect(refused).toEqual(values.map(() => [field]));
  });

  test("refuses prefixes that are no blocks, each by its index", () => {
    expect(problemsWith({ ipv4: ["8.8.4.0/24", "8.8.8.8/24"], ipv6: ["x"] }).map(({ at }) => at)).toEqual([
      "ipv4[1]",
      "ipv6[0]",
    ]);
  });

  test.each([
    ["blocks that could be one", ["8.8.0.0/24", "8.8.1.0/24"], '["8.8.0.0/23"]'],
    ["blocks out of order", ["8.8.8.0/24", "8.8.4.0/24"], '["8.8.4.0/24","8.8.8.0/24"]'],
    ["a host without its prefix length", ["8.8.8.8"], '["8.8.8.8/32"]'],
    ["a block twice", ["8.8.8.0/24", "8.8.8.0/24"], '["8.8.8.0/24"]'],
    ["a block of the other family", ["8.8.8.0/24", "2a00::/32"], '["8.8.8.0/24"]'],
  ])("refuses %s", (_, ipv4, wanted) => {
    expect(problemsWith({ ipv4 })).toEqual([
      {
        at: "ipv4",
        got: JSON.stringify(ipv4),
        allowed: "the fewest blocks of the field's family, with their prefix length, in numeric order",
        change: `write ${wanted}`,
      },
    ]);
  });

  test("refuses addresses that can't come from the internet, by the block that they are in", () => {
    expect(problemsWith({ ipv4: ["8.0.0.0/6"] })).toEqual([
      {
        at: "ipv4",
        got: "addresses of 10.0.0.0/8, which is Private-Use (RFC 1918)",
        allowed: "addresses that can be the source of a request from the internet",
      },
    ]);
    expect(problemsWith({ ipv6: ["fd00::/8"] })).toMatchObject([
      { at: "ipv6", got: "addresses of fc00::/7, which is Unique-Local (RFC 4193, RFC 8190)" },
    ]);
  });

  test("refuses a feed without any prefix, which would shut everyone out", () => {
    expect(problemsWith({ ipv4: [], ipv6: [] }).map(({ got }) => got)).toEqual(["no prefix"]);
  });

  test.each([null, undefined, 5, "feed", []])("refuses %j in place of a feed, naming every field", (document) => {
    const fields = ["asn", "meaning", "compiled", "sources", "ipv4", "ipv6"];
    expect(problemsOf(() => AddressFeed.of("feed", document)).map(({ at }) => at)).toEqual(fields);
  });
});
