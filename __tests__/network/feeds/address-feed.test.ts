import { AddressFeed, type FeedDocument, sealOf } from "../../../network/feeds/address-feed";
import { problemsWith as problemsOf } from "../../support/problems";

const SNAPSHOT = {
  repository: "example/blocks",
  path: "as/64496.json",
  commit: "a".repeat(40),
  lastAnnounced: "2026-01-05",
};
const ANSWER = {
  url: "whois://whois.example.com:43",
  query: "-i origin AS64496",
  retrieved: "2026-02-28T01:02:03Z",
  count: 7,
  sha256: "b".repeat(64),
  unconfirmed: ["8.8.0.0/24"],
};
const FEED = {
  asn: 64496,
  meaning: "prefixes originated by AS64496",
  sources: [SNAPSHOT, ANSWER],
  compiled: "2026-02-28",
  allowedAgeDays: 30,
  count: { ipv4: 2, ipv6: 1 },
  // jq -r '.ipv4[], .ipv6[]' | sha256sum
  sha256: "17ffa1a0e6b902b49bebce0244938630c8f1d51d37362b9a856a83ee8d0a13cf",
  ipv4: ["8.8.4.0/24", "8.8.8.0/24"],
  ipv6: ["2a00::/32"],
};
/** The feed with a change, and with the count and hash that belong to it. */
const sealed = (change: Partial<FeedDocument>): FeedDocument => {
  const feed = { ...FEED, ...change };
  return { ...feed, ...sealOf(feed) };
};
const problemsWith = (change: object) => problemsOf(() => AddressFeed.of("feed", { ...FEED, ...change }));

describe("a feed", () => {
  test("is its addresses and where they come from", () => {
    const { addresses, provenance } = AddressFeed.of("feed", FEED);
    const { ipv4, ipv6, ...rest } = FEED;
    expect([addresses.name, addresses.cidrs(), provenance]).toEqual(["feed", [...ipv4, ...ipv6], rest]);
  });

  test("may lack one family, a snapshot its last day, and an answer its query", () => {
    const { lastAnnounced: _, ...snapshot } = SNAPSHOT;
    const { query: __, ...answer } = ANSWER;
    const feed = AddressFeed.of("feed", sealed({ sources: [snapshot, answer], ipv6: [] }));
    expect(feed.addresses.ipv6.isEmpty).toBe(true);
    expect(AddressFeed.of("feed", sealed({ ipv4: [] })).addresses.ipv4.isEmpty).toBe(true);
  });

  test("may pass over prefixes that a source names, each for a reason", () => {
    const disregarded = [{ prefix: "0.0.0.0/0", reason: "registered by a stranger" }];
    expect(AddressFeed.of("feed", { ...FEED, disregarded }).provenance.disregarded).toEqual(disregarded);
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
        ...["repository", "path", "commit"].map((key) => [{ ...SNAPSHOT, [key]: undefined }]),
        ...["main", "a".repeat(41), `x${"a".repeat(40)}`, ["a".repeat(40)]].map((commit) => [{ ...SNAPSHOT, commit }]),
        [{ ...SNAPSHOT, lastAnnounced: "yesterday" }],
        [SNAPSHOT, {}],
        ...["url", "retrieved", "count", "sha256", "unconfirmed"].map((key) => [{ ...ANSWER, [key]: undefined }]),
        ...["2026-02-28", "2026-02-30T00:00:00Z", "2026-02-28T25:00:00Z", "2026-02-28T01:02:03+01:00"].map(
          (retrieved) => [{ ...ANSWER, retrieved }],
        ),
        [{ ...ANSWER, query: "" }],
        [{ ...ANSWER, sha256: "B".repeat(64) }],
        ...[["8.8.8.8/24"], ["x"], [1], "8.8.8.0/24"].map((unconfirmed) => [{ ...ANSWER, unconfirmed }]),
        undefined,
      ],
    ],
    ["an age that is no number of days", "allowedAgeDays", [0, 366, 1.5, "30", undefined]],
    [
      "prefixes that are passed over without a reason",
      "disregarded",
      [
        "0.0.0.0/0",
        ["0.0.0.0/0"],
        [null],
        [{ prefix: "0.0.0.0/0", reason: " " }],
        [{ prefix: "8.8.8.8/24", reason: "a" }],
        [{ reason: "a" }],
      ],
    ],
    ["another count", "count", [{ ipv4: 3, ipv6: 1 }, 3, undefined]],
    ["another hash", "sha256", ["c".repeat(64), "", undefined]],
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

  test("refuses prefixes that were changed without their count and hash, and says what these are", () => {
    expect(problemsWith({ ipv4: ["8.8.4.0/24"] }).map(({ at, change }) => [at, change])).toEqual([
      ["count", 'write {"ipv4":1,"ipv6":1}, if the prefixes are right'],
      ["sha256", expect.stringMatching(/^write "[\da-f]{64}", if the prefixes are right$/)],
    ]);
  });

  test("refuses a feed without any prefix, which would shut everyone out", () => {
    expect(problemsWith({ ipv4: [], ipv6: [] }).map(({ got }) => got)).toEqual(["no prefix"]);
  });

  test.each([null, undefined, 5, "feed", []])("refuses %j in place of a feed, naming every field", (document) => {
    const fields = ["asn", "meaning", "compiled", "allowedAgeDays", "sources", "ipv4", "ipv6"];
    expect(problemsOf(() => AddressFeed.of("feed", document)).map(({ at }) => at)).toEqual(fields);
  });
});
