import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FeedDocument, sealOf } from "../../../network/feeds/address-feed";

/** The addresses of Meta's feed in these tests. */
export const META_BEFORE = { ipv4: ["31.13.24.0/21", "157.240.0.0/17"], ipv6: ["2a03:2880::/32"] } as const;
/** The addresses of Cloudflare's feed in these tests. */
export const CLOUDFLARE_BEFORE = { ipv4: ["104.16.0.0/13"], ipv6: ["2606:4700::/32"] } as const;

type Prefixes = Pick<FeedDocument, "ipv4" | "ipv6">;

/** A feed as it is committed. */
export function aFeed(prefixes: Prefixes = META_BEFORE, overrides: Partial<FeedDocument> = {}): FeedDocument {
  return {
    asn: 32934,
    meaning: "addresses of AS32934",
    sources: [{ repository: "example/blocks", path: "as/32934.json", commit: "a".repeat(40) }],
    compiled: "2026-02-28",
    allowedAgeDays: 30,
    ...sealOf(prefixes),
    ...prefixes,
    ...overrides,
  };
}

/** A folder with both feeds. */
export class FeedsFolder {
  public readonly path = mkdtempSync(join(tmpdir(), "feeds-"));

  private constructor(meta: FeedDocument) {
    this.write("as32934.json", meta);
    this.write("cloudflare.json", aFeed(CLOUDFLARE_BEFORE, { asn: 13335 }));
  }

  /** Runs `use` with a folder that lives as long. */
  public static async during<T>(use: (folder: FeedsFolder) => Promise<T>, meta = aFeed()): Promise<T> {
    const folder = new FeedsFolder(meta);
    try {
      return await use(folder);
    } finally {
      rmSync(folder.path, { recursive: true });
    }
  }

  /** The feed of Meta. */
  public get meta(): FeedDocument {
    return JSON.parse(readFileSync(join(this.path, "as32934.json"), "utf8")) as FeedDocument;
  }

  /** The feed of Cloudflare. */
  public get cloudflare(): FeedDocument {
    return JSON.parse(readFileSync(join(this.path, "cloudflare.json"), "utf8")) as FeedDocument;
  }

  /** Every file by its name. */
  public get files(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      readdirSync(this.path).map((name) => [name, readFileSync(join(this.path, name), "utf8")]),
    );
  }

  public write(name: string, content: unknown): void {
    writeFileSync(join(this.path, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}
