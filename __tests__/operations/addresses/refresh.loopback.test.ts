import { chooseFeeds } from "../../../operations/addresses/feed-questions";
import { refresh } from "../../../operations/addresses/refresh";
import { aFeed, FeedsFolder, META_BEFORE } from "./feeds";
import { PATIENCE, QUIET, REGISTERED, refreshed } from "./refreshed";
import { announcement, type Behaviour, published, routeObjects, says, withSources } from "./stand-ins";

const { ipv4, ipv6 } = META_BEFORE;

/** The sources agree on what is committed, but for this. */
const more = (registered: readonly string[], announced: readonly string[]): Partial<Behaviour> => ({
  whois: says(routeObjects([...ipv4, ...ipv6, ...registered])),
  announced: says(
    announcement(
      [...ipv4, ...announced.filter((prefix) => !prefix.includes(":"))],
      [...ipv6, ...announced.filter((prefix) => prefix.includes(":"))],
    ),
  ),
});

describe("an address", () => {
  test("enters when both sources have it, however they cut it into blocks", async () => {
    const { meta, refreshed: result } = await refreshed(
      more(["157.240.192.0/24", "157.240.193.0/24"], ["157.240.192.0/23"]),
    );
    expect([result.code, meta.ipv4]).toEqual([0, ["31.13.24.0/21", "157.240.0.0/17", "157.240.192.0/23"]]);
  });

  test.each([
    ["registered", ["157.240.192.0/24"], []],
    ["announced", [], ["157.240.192.0/24"]],
  ])("doesn't enter when it is only %s, and is listed as unconfirmed", async (_, registered, announced) => {
    const { meta } = await refreshed(more(registered, announced));
    expect(meta.ipv4).toEqual(ipv4);
    expect(meta.sources.map((source) => "unconfirmed" in source && source.unconfirmed)).toEqual([
      registered,
      announced,
    ]);
  });

  test("enters in the part that both sources have", async () => {
    const { meta } = await refreshed(more(["157.240.192.0/22"], ["157.240.194.0/23"]));
    expect(meta.ipv4).toContain("157.240.194.0/23");
    expect(meta.sources).toMatchObject([{ unconfirmed: ["157.240.192.0/23"] }, { unconfirmed: [] }]);
  });

  test.each([
    ["the route query", { whois: says(routeObjects(["157.240.0.0/17", ...ipv6])) }],
    ["the feed", { announced: says(announcement(["157.240.0.0/17"], ipv6)) }],
  ])("stays when only %s has dropped it", async (_, behaviour) => {
    const { meta, said } = await refreshed(behaviour);
    expect(meta.ipv4).toEqual(ipv4);
    expect(said).toContainEqual(expect.stringMatching(/^ {2}\? 31\.13\.24\.0\/21 stays, although only /));
  });

  test("leaves when both sources have dropped it", async () => {
    const { meta, said } = await refreshed({
      whois: says(routeObjects(["157.240.0.0/17", ...ipv6])),
      announced: says(announcement(["157.240.0.0/17"], ipv6)),
    });
    expect(meta.ipv4).toEqual(["157.240.0.0/17"]);
    expect(said).toContain("  - 31.13.24.0/21 leaves");
  });
});

describe("what is written", () => {
  test("says where it comes from, when, how much it is, and its hash", async () => {
    const { meta, endpoints } = await refreshed(more(["157.240.192.0/24"], []));
    expect(meta).toEqual({
      asn: 32934,
      meaning: "addresses of AS32934",
      sources: [
        {
          url: `whois://127.0.0.1:${endpoints.whois.port}`,
          query: "-i origin AS32934",
          retrieved: "2026-03-02T04:05:06Z",
          count: 4,
          sha256: expect.stringMatching(/^[\da-f]{64}$/) as string,
          unconfirmed: ["157.240.192.0/24"],
        },
        {
          url: endpoints.announced.replace("{asn}", "32934"),
          retrieved: "2026-03-02T04:05:06Z",
          count: 3,
          // printf '%s\\n' 31.13.24.0/21 157.240.0.0/17 2a03:2880::/32 | sha256sum
          sha256: "a356819cd745a724523481ab59f1c8fd1eb8bd6186bc9cef7c25e54a32589913",
          unconfirmed: [],
        },
      ],
      compiled: "2026-03-02",
      allowedAgeDays: 30,
      count: { ipv4: 2, ipv6: 1 },
      sha256: "a356819cd745a724523481ab59f1c8fd1eb8bd6186bc9cef7c25e54a32589913",
      ipv4,
      ipv6,
    });
  });

  test("is asked for in the words of Meta's documentation", async () => {
    const queries: string[] = [];
    await refreshed({
      whois: (socket, query) => {
        queries.push(query);
        socket.end(REGISTERED);
      },
    });
    expect(queries).toEqual(["-i origin AS32934\r\n"]);
  });

  test("is of every feed that is named, and of no other", async () => {
    const both = await refreshed({}, { feeds: [] });
    expect(both.refreshed.files.map((path) => path.split("/").at(-1))).toEqual(["as32934.json", "cloudflare.json"]);
    const { cloudflare, refreshed: one } = await refreshed(
      { cloudflare: says(published(["104.16.0.0/13", "131.0.72.0/22"], ["2606:4700::/32"])), whois: () => undefined },
      { feeds: ["cloudflare"] },
    );
    expect([one.code, cloudflare.ipv4]).toEqual([0, ["104.16.0.0/13", "131.0.72.0/22"]]);
  });

  test("is nothing when the sources say what they said a short time ago", async () => {
    await FeedsFolder.during((folder) =>
      withSources(QUIET, async (endpoints) => {
        const terms = { endpoints, patience: PATIENCE, accept: false, dryRun: false };
        const on = (day: string) =>
          refresh({ feeds: chooseFeeds(["meta"]), folder: folder.path, ...terms, now: new Date(day) });
        await on("2026-03-02");
        const days = ["2026-03-02", "2026-03-03", "2026-03-09", "2026-03-10"];
        const written: number[] = [];
        for (const day of days) written.push((await on(day)).files.length);
        expect(written).toEqual([0, 0, 0, 1]);
      }),
    );
  });

  test("is nothing in a dry run, which prints the change", async () => {
    const {
      isUntouched,
      said,
      refreshed: result,
    } = await refreshed(more(["157.240.192.0/24"], ["157.240.192.0/24"]), {
      dryRun: true,
    });
    expect([isUntouched, result.code]).toEqual([true, 0]);
    expect(said).toEqual([
      "meta: 1 % of the IPv4 and 0 % of the IPv6 addresses enter or leave",
      "  + 157.240.192.0/24 enters",
      expect.stringMatching(/^Dry run: would write .*as32934[.]json[.]$/),
    ]);
  });

  test("keeps what was disregarded by name, which then has no effect", async () => {
    const disregarded = [{ prefix: "10.0.0.0/8", reason: "registered by a stranger" }];
    const { meta, refreshed: result } = await refreshed(more(["10.0.0.0/8"], []), {
      meta: aFeed(META_BEFORE, { disregarded }),
    });
    expect([result.code, meta.disregarded]).toEqual([0, disregarded]);
    expect(meta.sources).toMatchObject([{ count: 4, unconfirmed: [] }, {}]);
  });
});

describe("a guard rail", () => {
  const cut = announcement(["157.240.0.0/17"], ipv6);

  test.each([
    ["everything", ["0.0.0.0/0"], "0.0.0.0/0; allowed: blocks of at most /12 (IPv4) or /28 (IPv6)"],
    ["half of the internet", ["128.0.0.0/1"], "128.0.0.0/1; allowed: blocks of at most /12"],
    ["too wide a block of IPv6", ["2000::/3"], "2000::/3; allowed: blocks of at most /12 (IPv4) or /28"],
    ["a private block", ["10.1.0.0/16"], "10.1.0.0/16, which has addresses of 10.0.0.0/8 (Private-Use); allowed"],
    ["a private block of IPv6", ["fd00::/32"], "fd00::/32, which has addresses of fc00::/7 (Unique-Local)"],
    ["a loopback address", ["127.0.0.1/32"], "127.0.0.1/32, which has addresses of 127.0.0.0/8 (Loopback)"],
    ["a metadata service", ["169.254.169.254/32"], "169.254.0.0/16 (Link Local)"],
    ["a documentation block", ["2001:db8::/48"], "2001:db8::/32 (Documentation)"],
    ["multicast", ["224.0.0.0/24"], "224.0.0.0/4"],
  ])("refuses a route object for %s, and a feed that has it", async (_, prefixes, reason) => {
    for (const behaviour of [more(prefixes, []), more([], prefixes), more(prefixes, prefixes)]) {
      const { refreshed: result, isUntouched, said } = await refreshed(behaviour, { accept: true });
      expect([result.code, isUntouched, said.at(-1)]).toEqual([
        1,
        true,
        "Nothing was written: a guard rail refuses what the sources say.",
      ]);
      expect(said.join("\n")).toContain(reason);
    }
  });

  test.each([
    ["no route object", { whois: says("%  No entries found for the selected source(s).\n\n\n") }],
    ["route objects of IPv4 alone", { whois: says(routeObjects(ipv4)) }],
    ["route objects of IPv6 alone", { whois: says(routeObjects(ipv6)) }],
    ["a feed without a prefix", { announced: says(announcement([], [])) }],
    ["a feed without IPv6", { announced: says(announcement(ipv4, [])) }],
  ])("refuses %s, accepted or not", async (_, behaviour) => {
    for (const accept of [false, true]) {
      const { refreshed: result, isUntouched } = await refreshed(behaviour, { accept });
      expect([result.code, isUntouched]).toEqual([1, true]);
    }
  });

  test("refuses sources that agree on nothing, although each has both families", async () => {
    const { refreshed: result, isUntouched } = await refreshed(
      {
        whois: says(routeObjects(["8.8.8.0/24", "2001:4860::/32"])),
        announced: says(announcement(["9.9.9.0/24"], ["2620:fe::/48"])),
      },
      { accept: true },
    );
    expect([result.code, isUntouched]).toEqual([1, true]);
  });

  test("refuses a change of more than a tenth of a family, unless it is accepted", async () => {
    const change = { whois: says(routeObjects(["157.240.0.0/17", ...ipv6, "2620:0:1c00::/40"])), announced: says(cut) };
    const wide = more(["57.144.0.0/14"], ["57.144.0.0/14"]);
    const refused = await refreshed(wide);
    expect([refused.refreshed.code, refused.isUntouched]).toEqual([1, true]);
    expect(refused.said.join("\n")).toContain(
      "meta: got a change of 753 % of the IPv4 addresses; allowed: at most 10 %",
    );
    expect(refused.said).toContain("  + 57.144.0.0/14 enters");
    const accepted = await refreshed(wide, { accept: true });
    expect([accepted.refreshed.code, accepted.meta.ipv4.includes("57.144.0.0/14")]).toEqual([0, true]);
    expect((await refreshed(change)).refreshed.code).toBe(0);
  });

  test("refuses what Cloudflare's API says in the same way", async () => {
    for (const [four, six] of [
      [["0.0.0.0/0"], ["2606:4700::/32"]],
      [["104.16.0.0/13", "10.0.0.0/24"], ["2606:4700::/32"]],
      [["104.16.0.0/13"], []],
      [[], []],
      [["104.16.0.0/13", "172.64.0.0/13"], ["2606:4700::/32"]],
    ] as const) {
      const { refreshed: result, isUntouched } = await refreshed(
        { cloudflare: says(published(four, six)) },
        { feeds: ["cloudflare"] },
      );
      expect([result.code, isUntouched]).toEqual([1, true]);
    }
  });

  test("of one feed keeps every other one from being written", async () => {
    const { refreshed: result, isUntouched } = await refreshed({ cloudflare: says(published([], [])) }, { feeds: [] });
    expect([result.code, isUntouched]).toEqual([1, true]);
  });

  test("refuses a source that says yes to everything in many blocks", async () => {
    const many = Array.from({ length: 9 }, (_, index) => `2${index}.0.0.0/12`);
    const [few, all] = [await refreshed(more(many.slice(0, 3), [])), await refreshed(more(many, []))];
    expect([few.refreshed.code, all.refreshed.code, all.isUntouched]).toEqual([0, 1, true]);
    expect(all.said.join("\n")).toContain("IPv4 addresses; allowed: at most as many as a /10 has");
  });

  test("refuses more prefixes than anybody has, which would all be listed", async () => {
    const hosts = Array.from({ length: 10_001 }, (_, index) => `8.${index >> 8}.${index % 256}.1/32`);
    const {
      refreshed: result,
      isUntouched,
      said,
    } = await refreshed(more([], hosts), {
      patience: { ...PATIENCE, longestBody: 1_000_000 },
    });
    expect([result.code, isUntouched]).toEqual([1, true]);
    expect(said.join("\n")).toContain("got 10004 prefixes; allowed: at most 10000");
  });

  test("names ten bad prefixes and counts the others", async () => {
    const bad = Array.from({ length: 300 }, (_, index) => `10.0.${index % 256}.0/${index < 256 ? 24 : 25}`);
    const { said } = await refreshed(more(bad, []));
    expect(said.filter((line) => line.startsWith("  !"))).toHaveLength(11);
    expect(said.join("\n")).toContain("290 more of the kind");
  });
});
