import type { ExitCode } from "../../cli/verb";
import { aFeed, CLOUDFLARE_BEFORE, FeedsFolder, META_BEFORE } from "../operations/addresses/feeds";
import { announcement, published, routeObjects, says, withSources } from "../operations/addresses/stand-ins";
import { type Answer, ask } from "./ask";

const addresses = (...args: readonly string[]) => ask("addresses", ...args);

/** The answers of the sources; by default, those that are committed. */
interface Said {
  readonly registered?: readonly string[];
  readonly announced?: readonly string[];
  readonly published?: readonly string[];
}

/** Refreshes the feeds of a folder from stand-ins of the sources, once with each list of further arguments. */
function refreshes(
  folder: FeedsFolder,
  said: Said,
  ...runs: readonly (readonly string[])[]
): Promise<readonly Answer[]> {
  const { registered = [], announced = [] } = said;
  return withSources(
    {
      whois: says(routeObjects([...META_BEFORE.ipv4, ...META_BEFORE.ipv6, ...registered])),
      announced: says(announcement([...META_BEFORE.ipv4, ...announced], META_BEFORE.ipv6)),
      cloudflare: says(published([...CLOUDFLARE_BEFORE.ipv4, ...(said.published ?? [])], CLOUDFLARE_BEFORE.ipv6)),
    },
    async ({ whois, announced: feed, cloudflare }) => {
      const endpoints = ["--whois", `${whois.host}:${whois.port}`, "--announced", feed, "--cloudflare", cloudflare];
      const answers: Answer[] = [];
      for (const run of runs) answers.push(await addresses("refresh", "--folder", folder.path, ...endpoints, ...run));
      return answers;
    },
  );
}

/** Refreshes once. */
async function refresh(folder: FeedsFolder, said: Said, ...args: readonly string[]): Promise<Answer> {
  const [answer] = await refreshes(folder, said, args);
  if (answer === undefined) throw new Error("nothing was run");
  return answer;
}

const BOTH: Said = { registered: ["8.8.8.0/24", "9.9.9.0/24"], announced: ["8.8.8.0/24"] };
const today = (): string => new Date().toISOString().slice(0, 10);

describe("addresses refresh", () => {
  test("writes what both sources have, prints the change and ends with 0", async () => {
    await FeedsFolder.during(async (folder) => {
      const { code, written, told } = await refresh(folder, BOTH, "meta");
      expect([code, told]).toEqual([0, ""]);
      expect(written.replaceAll(/whois:\S+/g, "whois").replaceAll(folder.path, "feeds")).toBe(
        [
          "meta: 1 % of the IPv4 and 0 % of the IPv6 addresses enter or leave",
          "  + 8.8.8.0/24 enters",
          "  ? 9.9.9.0/24 waits: only whois has it",
          "Wrote feeds/as32934.json.",
          "",
        ].join("\n"),
      );
      expect(folder.meta).toMatchObject({ compiled: today(), ipv4: ["8.8.8.0/24", ...META_BEFORE.ipv4] });
    });
  });

  test("writes nothing when nothing is new, and ends with 0", async () => {
    await FeedsFolder.during(async (folder) => {
      const [first, second] = await refreshes(folder, BOTH, [], []);
      expect([first?.code, second?.code]).toEqual([0, 0]);
      expect(first?.written).toMatch(/\nWrote .*cloudflare[.]json[.]\n$/);
      expect(second?.written).toMatch(/^meta: no address enters or leaves, and nothing else is new\n/);
      expect(second?.written).toMatch(/\nNothing had to be written[.]\n$/);
    });
  });

  test("prints the change and writes nothing with --dry-run", async () => {
    await FeedsFolder.during(async (folder) => {
      const before = folder.files;
      const { code, written } = await refresh(folder, BOTH, "--dry-run");
      expect([code, folder.files]).toEqual([0, before]);
      expect(written).toContain("  + 8.8.8.0/24 enters\n");
      expect(written).toContain("Dry run: would write ");
    });
  });

  test("ends with 1 when a guard rail refuses, and with 0 once the change is accepted", async () => {
    await FeedsFolder.during(async (folder) => {
      const before = folder.files;
      const refused = await refresh(folder, { published: ["172.64.0.0/13"] });
      expect([refused.code, folder.files]).toEqual([1, before]);
      expect(refused.written).toContain("! cloudflare: got a change of 100 % of the IPv4 addresses");
      const accepted = await refresh(folder, { published: ["172.64.0.0/13"] }, "--accept");
      expect([accepted.code, folder.cloudflare.ipv4]).toEqual([0, ["104.16.0.0/13", "172.64.0.0/13"]]);
    });
  });

  test("ends with 2 when a source can't be reached, and changes nothing", async () => {
    await FeedsFolder.during(async (folder) => {
      const before = folder.files;
      const gone = ["--announced", "http://127.0.0.1:1/{asn}.json"];
      const { code, written } = await refresh(folder, BOTH, ...gone);
      expect([code, folder.files]).toEqual([2, before]);
      expect(written).toMatch(/^meta: unknown\n {2}! http:\/\/127\.0\.0\.1:1\/32934\.json: \S.*\n/);
      expect(written).toMatch(
        /\nNothing was written: a source gave no answer that can be judged[.] Repeat later[.]\n$/,
      );
    });
  });

  test.each([
    [["refresh", "google"], '[feed...]: got "google"; allowed: meta, cloudflare'],
    [["refresh", "--cloudflare", "http://example.com/ips"], "plain http only of a loopback address"],
    [["refresh", "--whois", "whois.example.com:x"], "host or host:port"],
    [["refresh", "meta", "--folder", "/nowhere"], "as32934.json: got no such file"],
    [["refresh", "--force"], "unknown option '--force'"],
    [["check", "google"], '[feed...]: got "google"'],
    [[], "Usage: npm run -s policy -- addresses"],
  ])("asks nobody with %j, says why, and ends with 2", async (args, reason) => {
    const { code, written, told } = await addresses(...args);
    expect([code, written]).toEqual([2, ""]);
    expect(told).toContain(reason);
  });
});

describe("addresses check", () => {
  const checked = (compiled: string, ...args: readonly string[]): Promise<Answer> =>
    FeedsFolder.during(
      (folder) => addresses("check", "--folder", folder.path, ...args),
      aFeed(META_BEFORE, { compiled }),
    );

  test("ends with 0 while a feed is as old as it may be", async () => {
    const { code, written, told } = await checked(today(), "meta");
    expect([code, told]).toEqual([0, ""]);
    expect(written).toMatch(/^meta: 2 IPv4 \+ 1 IPv6 prefixes; compiled on \S+, (0 days|1 day) ago, allowed: 30\n$/);
  });

  test("ends with 1 when a feed is too old, and says what to do", async () => {
    const { code, written } = await checked("2020-02-29", "meta");
    expect(code).toBe(1);
    expect(written).toContain("too old: compiled on 2020-02-29");
    expect(written).toContain("run npm run -s policy -- addresses refresh");
  });

  test("goes by the day that it is given", async () => {
    const on = async (day: string): Promise<ExitCode> => (await checked("2020-02-29", "meta", "--today", day)).code;
    expect([await on("2020-03-30"), await on("2020-03-31"), await on("yesterday")]).toEqual([0, 1, 2]);
  });

  test("checks every feed unless one is named", async () => {
    const { code, written } = await checked("2020-02-29", "--today", "2020-02-29");
    expect([code, written.split("\n").map((line) => line.split(":")[0])]).toEqual([1, ["meta", "cloudflare", ""]]);
  });
});
