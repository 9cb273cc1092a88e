import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FeedDocument } from "../../../network/feeds/feed-document";
import { chooseFeeds } from "../../../operations/addresses/choose-feeds";
import type { Endpoints } from "../../../operations/addresses/endpoints";
import { type Refreshed, refresh } from "../../../operations/addresses/refresh";
import { sayRefresh } from "../../../operations/addresses/say-refresh";
import { aFeed, CLOUDFLARE_BEFORE, FeedsFolder, META_BEFORE } from "./feeds";
import {
  announcement,
  type Behaviour,
  published,
  routeObject,
  routeObjects,
  says,
  saysNothing,
  saysTooMuch,
  withSources,
} from "./stand-ins";

/** 4 MB of zeros in 4 KB. */
const BOMB = gzipSync(Buffer.alloc(4_000_000));
const NOW = new Date("2026-03-02T04:05:06.789Z");
const LIMITS = { milliseconds: 2000, bytes: 100_000 };
const SHORT = { milliseconds: 150, bytes: 100_000 };

const { ipv4, ipv6 } = META_BEFORE;
const REGISTERED = routeObjects([...ipv4, ...ipv6]);
const ANNOUNCED = announcement(ipv4, ipv6);

const QUIET: Behaviour = {
  whois: says(REGISTERED),
  announced: says(ANNOUNCED),
  cloudflare: says(published(CLOUDFLARE_BEFORE.ipv4, CLOUDFLARE_BEFORE.ipv6)),
};

interface Options {
  readonly feeds?: readonly string[];
  readonly accept?: boolean;
  readonly dryRun?: boolean;
  readonly limits?: typeof LIMITS;
  readonly now?: Date;
  readonly meta?: FeedDocument;
}

interface Result {
  readonly refreshed: Refreshed;
  readonly said: readonly string[];
  readonly meta: FeedDocument;
  readonly cloudflare: FeedDocument;
  /** Whether every file in the folder is as it was, and none is new. */
  readonly isUntouched: boolean;
  readonly endpoints: Endpoints;
}

function refreshed(behaviour: Partial<Behaviour>, options: Options = {}): Promise<Result> {
  const { feeds = ["meta"], accept = false, dryRun = false, limits = LIMITS, now = NOW } = options;
  return FeedsFolder.during(
    (folder) =>
      withSources({ ...QUIET, ...behaviour }, async (endpoints) => {
        const before = folder.files;
        const terms = { endpoints, limits, now, accept, dryRun };
        const result = await refresh({ feeds: chooseFeeds(feeds), folder: folder.path, ...terms });
        return {
          refreshed: result,
          said: sayRefresh(result, { dryRun }),
          meta: folder.meta,
          cloudflare: folder.cloudflare,
          isUntouched: JSON.stringify(folder.files) === JSON.stringify(before),
          endpoints,
        };
      }),
    options.meta,
  );
}

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
      { cloudflare: says(published(["104.16.0.0/13", "131.0.72.0/22"], ["2606:4700::/32"])), whois: saysNothing },
      { feeds: ["cloudflare"] },
    );
    expect([one.code, cloudflare.ipv4]).toEqual([0, ["104.16.0.0/13", "131.0.72.0/22"]]);
  });

  test("is nothing when the sources say what they said a short time ago", async () => {
    await FeedsFolder.during((folder) =>
      withSources(QUIET, async (endpoints) => {
        const terms = { endpoints, limits: LIMITS, accept: false, dryRun: false };
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

  test("names ten bad prefixes and counts the others", async () => {
    const bad = Array.from({ length: 300 }, (_, index) => `10.0.${index % 256}.0/${index < 256 ? 24 : 25}`);
    const { said } = await refreshed(more(bad, []));
    expect(said.filter((line) => line.startsWith("  !"))).toHaveLength(11);
    expect(said.join("\n")).toContain("290 more of the kind");
  });
});

const whole = (socket: { write: (text: string) => void }, text: string): void => {
  socket.write(text);
};

describe.each<[string, Partial<Behaviour>, RegExp, Options?]>([
  ["a whois server that is silent", { whois: saysNothing }, /whois:.*no whole answer within 150 ms/, { limits: SHORT }],
  [
    "a whois server that doesn't close",
    { whois: (socket) => socket.write(REGISTERED) },
    /no whole answer within 150 ms/,
    { limits: SHORT },
  ],
  [
    "a whois server that drips",
    {
      whois: (socket) => {
        const drip = setInterval(() => socket.write("r"), 10);
        socket.on("close", () => {
          clearInterval(drip);
        });
      },
    },
    /no whole answer within 150 ms/,
    { limits: SHORT },
  ],
  ["a whois server that closes at once", { whois: (socket) => socket.end() }, /breaks off/],
  ["a whois server that resets", { whois: (socket) => socket.resetAndDestroy() }, /ECONNRESET/],
  ["a whois answer that lacks its end", { whois: says(REGISTERED.slice(0, -2)) }, /breaks off/],
  ["a whois answer that is cut between objects", { whois: says(`${routeObject("31.13.24.0/21")}\n`) }, /breaks off/],
  ["a whois answer that is cut in an object", { whois: says(REGISTERED.slice(0, 150)) }, /breaks off/],
  ["a whois answer without an end", { whois: saysTooMuch }, /longer than 100000 bytes/],
  ["a whois server's error", { whois: says("%% ERROR: rate limit exceeded\n\n\n") }, /%% ERROR: rate limit exceeded/],
  ["a web page in place of whois", { whois: says("<html>\n<body>busy</body>\n</html>\n\n\n") }, /not a route object/],
  ["another object in whois", { whois: says("aut-num: AS32934\norigin: AS32934\n\n\n") }, /not a route object/],
  ["a route object of another system", { whois: says(routeObjects(ipv4, 64496)) }, /a route object of AS64496/],
  ["a route object of nobody", { whois: says("route: 31.13.24.0/21\n\n\n") }, /a route object of nobody/],
  ["a route object of two systems", { whois: says(`${routeObject(ipv4[0])}origin: AS1\n\n\n`) }, /of AS32934, AS1/],
  ["a route object with host bits", { whois: says(routeObjects(["31.13.24.5/21"])) }, /not an IPv4 block/],
  [
    "a route object of the wrong family",
    { whois: says(routeObject("31.13.24.0/21").replace("route: ", "route6:") + "\n\n") },
    /not an IPv6 block/,
  ],
  ["a feed that is silent", { announced: saysNothing }, /as\/32934.json: no whole answer/, { limits: SHORT }],
  [
    "a feed that stops in the middle",
    { announced: (response) => whole(response, ANNOUNCED.slice(0, 40)) },
    /no whole answer/,
    { limits: SHORT },
  ],
  [
    "a feed that is shorter than it says",
    {
      announced: (response) => {
        response.writeHead(200, { "content-length": ANNOUNCED.length + 10 });
        response.write(ANNOUNCED, () => response.destroy());
      },
    },
    /as\/32934.json: /,
  ],
  ["a feed that is cut", { announced: says(ANNOUNCED.slice(0, -4)) }, /not JSON/],
  ["a feed without an end", { announced: saysTooMuch }, /longer than 100000 bytes/],
  ["a feed that is empty", { announced: says("") }, /not JSON/],
  ["a web page in place of a feed", { announced: says("<!DOCTYPE html><title>Just a moment...") }, /not JSON: <!DOC/],
  ["a feed of another system", { announced: says(announcement(ipv4, ipv6, 64496)) }, /not a document of AS32934/],
  ["a feed that is null", { announced: says("null") }, /not a document of AS32934: asn is undefined/],
  ["a feed of another form", { announced: says('{"asn":32934,"subnets":{"ipv4":[]}}') }, /no list of IPv4 blocks/],
  ["a feed with text for a list", { announced: says('{"asn":32934,"prefixes":{"ipv4":"8.8.8.0/24"}}') }, /no list of/],
  ["a feed with a name in it", { announced: says(announcement(["example.com"], ipv6)) }, /not an IPv4 block: "exam/],
  ["a feed with families mixed up", { announced: says(announcement(ipv6, ipv4)) }, /not an IPv4 block/],
  [
    "a feed that is nested deeply",
    { announced: says(`{"asn":32934,"prefixes":{"ipv4":${"[".repeat(40_000)}${"]".repeat(40_000)},"ipv6":[]}}`) },
    /not an IPv4 block: object/,
  ],
  [
    "a feed that is gone",
    {
      announced: (response) => {
        response.writeHead(404).end("{}");
      },
    },
    /status 404/,
  ],
  [
    "a feed that is elsewhere",
    {
      announced: (response) => {
        response.writeHead(302, { location: "/elsewhere.json" }).end();
      },
    },
    /redirect/,
  ],
  [
    "a feed that swells when it is unpacked",
    {
      announced: (response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).end(BOMB);
      },
    },
    /longer than 100000 bytes/,
  ],
  [
    "an API that fails",
    { cloudflare: says('{"success":false,"result":null}') },
    /no success/,
    { feeds: ["cloudflare"] },
  ],
  ["an API of another form", { cloudflare: says('{"success":true}') }, /no list of IPv4/, { feeds: ["cloudflare"] }],
])("%s", (_, behaviour, reason, options) => {
  test("changes nothing, says so, and is no verdict", async () => {
    const { refreshed: result, isUntouched, said } = await refreshed(behaviour, { accept: true, ...options });
    expect([result.code, isUntouched]).toEqual([2, true]);
    expect(said.join("\n")).toMatch(reason);
    expect(said.at(-1)).toMatch(/^Nothing was written: /);
  });
});

describe("a source that can't be reached", () => {
  test("changes nothing, and the others are still reported", async () => {
    await FeedsFolder.during(async (folder) => {
      const closed = await withSources(QUIET, (endpoints) => Promise.resolve(endpoints));
      const before = folder.files;
      const terms = { limits: LIMITS, now: NOW, accept: false, dryRun: false };
      const result = await refresh({ feeds: chooseFeeds([]), folder: folder.path, endpoints: closed, ...terms });
      expect([result.code, result.feeds.map(({ unknown }) => unknown.length)]).toEqual([2, [2, 1]]);
      expect(sayRefresh(result, { dryRun: false }).join("\n")).toMatch(/whois:\/\/127.0.0.1:\d+: ECONNREFUSED/);
      expect(folder.files).toEqual(before);
    });
  });
});

describe("what a source says", () => {
  const evil = "\u001b[2J\u009b31m\u202egnp\r\u0007";

  test.each<[string, Partial<Behaviour>]>([
    ["a class", { whois: says(`${evil}: 8.8.8.0/24\n\n\n`) }],
    ["an error", { whois: says(`%% ERROR: ${evil}\n\n\n`) }],
    ["an origin", { whois: says(`route: 8.8.8.0/24\norigin: ${evil}\n\n\n`) }],
    ["a prefix", { whois: says(`route: ${evil}\norigin: AS32934\n\n\n`) }],
    ["an announced prefix", { announced: says(announcement([evil], [])) }],
    ["an announced system", { announced: says(JSON.stringify({ asn: evil })) }],
    ["anything", { announced: says(evil) }],
  ])("reaches no terminal as it is: %s", async (_, behaviour) => {
    const { said, refreshed: result } = await refreshed(behaviour);
    expect(result.code).toBe(2);
    expect(said.join("")).toMatch(/^[\x20-\x7e]+$/);
  });

  test("is passed over in descriptions, whatever they hold", async () => {
    const described = REGISTERED.replaceAll("descr:          Example", `descr:          ${evil.replaceAll("\r", "")}`);
    const { refreshed: result, said } = await refreshed({ whois: says(described) });
    expect([result.code, /^[\x20-\x7e]+$/.test(said.join(""))]).toEqual([0, true]);
  });
});

describe("a committed feed", () => {
  test.each([
    ["half a file", '{"asn": 32934, "ipv4": ["31.13'],
    ["a feed whose prefixes were changed by hand", { ...aFeed(), ipv4: ["31.13.24.0/21"] }],
    ["a feed of another system", aFeed(META_BEFORE, { asn: 64496 })],
  ])("that is %s is refused before anything is written", async (_, content) => {
    await FeedsFolder.during((folder) =>
      withSources(QUIET, async (endpoints) => {
        folder.write("as32934.json", content);
        const terms = { endpoints, limits: LIMITS, now: NOW, accept: true, dryRun: false };
        const before = folder.files;
        await expect(refresh({ feeds: chooseFeeds([]), folder: folder.path, ...terms })).rejects.toThrow(
          /has \d problems?:/,
        );
        expect(folder.files).toEqual(before);
      }),
    );
  });

  test("that isn't there is refused", async () => {
    const terms = { limits: LIMITS, now: NOW, accept: true, dryRun: false };
    const elsewhere = join(__dirname, "nowhere");
    await withSources(QUIET, async (endpoints) => {
      await expect(refresh({ feeds: chooseFeeds(["meta"]), folder: elsewhere, endpoints, ...terms })).rejects.toThrow(
        "as32934.json: got ENOENT",
      );
    });
    expect(existsSync(elsewhere)).toBe(false);
  });
});
