import { AddressSet } from "../network/address-set";
import { type Hosts, recordOf, unguarded } from "./edge";
import { openingsOf, widened } from "./openings";
import type { Platforms } from "./platforms";
import type { Call } from "./server";

export type Openings = ReadonlyMap<string, AddressSet>;

/** A write, and what it left. */
export interface Moment {
  readonly platform: string;
  readonly call: Call;
  /** The hosts that are public after it. */
  readonly published: readonly string[];
  readonly openings: Openings;
}

/** Looks at everything that the platforms keep after each write. */
export class Watch {
  public readonly moments: Moment[] = [];
  private begin: Openings;

  /** @param hosts those whose guards are watched */
  public constructor(
    private readonly platforms: Platforms,
    private readonly hosts: Hosts,
  ) {
    this.begin = this.openings;
    for (const standIn of platforms.all) {
      standIn.afterWrite = (call) => {
        const { published, openings } = this;
        this.moments.push({ platform: platformOf(call), call, published, openings });
      };
    }
  }

  /** Compares with the present from now on, and forgets what it saw. */
  public restart(): void {
    this.moments.length = 0;
    this.begin = this.openings;
  }

  /**
   * The things that are more open in `openings` than when the watch began.
   *
   * @param meant whom things may admit, too: what a deploy has come to
   */
  public tooOpen(openings: Openings, meant: Openings = new Map()): readonly string[] {
    const allowed = [...openings.keys()].map((thing) => {
      const sets = [this.begin.get(thing), meant.get(thing)].filter((set) => set !== undefined);
      return [thing, sets.reduce((all, set) => all.union(set), AddressSet.empty(thing))] as const;
    });
    return widened(new Map(allowed), openings);
  }

  /** Whom everything admits at present: datastores, services, and each guard of each public host. */
  public get openings(): Openings {
    const edges = unguarded(this.platforms.cloudflare, this.hosts).map(
      ([thing, entries]) => [thing, AddressSet.of(thing, entries)] as const,
    );
    return new Map([...openingsOf(this.platforms.platform), ...edges]);
  }

  /** The hosts that are public at present. */
  public get published(): readonly string[] {
    const { cloudflare } = this.platforms;
    const isPublic = ([host, { zone }]: readonly [string, { readonly zone: string }]): boolean =>
      recordOf(cloudflare.zone(zone), host) !== undefined;
    return [...this.hosts].filter(isPublic).map(([host]) => host);
  }
}

/** The platform that a request goes to. */
export function platformOf({ path }: Pick<Call, "path">): string {
  if (/^(?:zones|accounts|user)\b/.test(path)) return "Cloudflare";
  if (/^\/v1\/projects\b/.test(path)) return "Supabase";
  return path.startsWith("/v1/") ? "Render" : "GitHub";
}

/** A request as its method and the kind of object: `PUT rulesets`, `POST dns_records`, `PUT list items`. */
export function shortForm({ method, path }: Pick<Call, "method" | "path">): string {
  const [, , kind = "", below = "", ...rest] = path.split("/");
  if (platformOf({ path }) === "GitHub") return `${method} ${[kind === "" ? "" : below, ...rest].join("/")}`;
  if (path.startsWith("/v1/")) return `${method} ${[kind, ...rest].filter((part) => !/\d/.test(part)).join(" ")}`;
  if (kind === "rules") return `${method} ${path.includes("/items") ? "list items" : "lists"}`;
  return `${method} ${kind === "gateway" ? `gateway ${below}` : kind}`;
}
