import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chooseFeeds } from "../../../operations/addresses/feed-questions";
import { sayRefresh } from "../../../cli/pages/addresses";
import { refresh } from "../../../operations/addresses/refresh";
import { aFeed, FeedsFolder, META_BEFORE } from "./feeds";
import { ANNOUNCED, CLOCK, NOW, type Options, QUIET, PATIENCE, REGISTERED, refreshed } from "./refreshed";
import { announcement, type Behaviour, routeObject, routeObjects, says, saysTooMuch, withSources } from "./stand-ins";

const { ipv4, ipv6 } = META_BEFORE;
/** The time of an answer passes. */
const late = (): void => {
  CLOCK.passToNext();
};
/** 4 MB of zeros in 4 KB. */
const BOMB = gzipSync(Buffer.alloc(4_000_000));

describe.each<[string, Partial<Behaviour>, RegExp, Options?]>([
  ["a whois server that is silent", { whois: late }, /whois:.*timed out/],
  ["a whois server that doesn't close", { whois: (socket) => socket.write(REGISTERED, late) }, /timed out/],
  [
    "a whois server that drips",
    {
      whois: (socket) => {
        for (const drop of "route") socket.write(drop);
        socket.write(":", late);
      },
    },
    /timed out/,
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
  ["a feed that is silent", { announced: late }, /as\/32934.json: timed out/],
  [
    "a feed that stops in the middle",
    { announced: (response) => response.write(ANNOUNCED.slice(0, 40), late) },
    /timed out/,
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
    /status 302/,
  ],
  [
    "a feed that comes packed",
    {
      announced: (response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).end(BOMB);
      },
    },
    /not JSON/,
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
      const terms = { patience: PATIENCE, now: NOW, accept: false, dryRun: false };
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
        const terms = { endpoints, patience: PATIENCE, now: NOW, accept: true, dryRun: false };
        const before = folder.files;
        await expect(refresh({ feeds: chooseFeeds([]), folder: folder.path, ...terms })).rejects.toThrow(
          /has \d problems?:/,
        );
        expect(folder.files).toEqual(before);
      }),
    );
  });

  test("that isn't there is refused", async () => {
    const terms = { patience: PATIENCE, now: NOW, accept: true, dryRun: false };
    const elsewhere = join(__dirname, "nowhere");
    await withSources(QUIET, async (endpoints) => {
      await expect(refresh({ feeds: chooseFeeds(["meta"]), folder: elsewhere, endpoints, ...terms })).rejects.toThrow(
        "as32934.json: got no such file",
      );
    });
    expect(existsSync(elsewhere)).toBe(false);
  });
});
