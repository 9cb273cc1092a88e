import { type Answer, type Asked, notFound, type Routes } from "./server";

export interface Lists {
  readonly dbAllowedCidrs?: readonly string[];
  readonly dbAllowedCidrsV6?: readonly string[];
}

/**
 * A NetworkRestrictionsResponse: https://github.com/supabase/cli/blob/1d1e719/packages/api/src/generated/openapi.json
 * (the recorded exchanges in apps/cli-e2e/fixtures/recorded/ at the same commit show these values).
 */
export interface NetworkRestrictions {
  readonly entitlement: string;
  readonly status: string;
  readonly config: Lists;
  readonly old_config?: Lists;
}

const LISTS: readonly string[] = ["dbAllowedCidrs", "dbAllowedCidrsV6"] satisfies readonly (keyof Lists)[];

/** A secret that the platform shows to whoever asks whether the Data API is on. */
export const JWT_SECRET = "super-secret-jwt-token-with-at-least-32-characters";

/** A project that was never restricted, as the API shows it. */
export const UNRESTRICTED: NetworkRestrictions = {
  entitlement: "allowed",
  status: "applied",
  config: { dbAllowedCidrs: ["0.0.0.0/0"], dbAllowedCidrsV6: ["::/0"] },
};

/** The projects of a Supabase account. */
export class Supabase {
  public readonly projects = new Map<string, NetworkRestrictions>();
  /** The organization of each project that isn't in `shop`. */
  public readonly organizations = new Map<string, string>();
  /** The branches of each project that has some. */
  public readonly branches = new Map<string, readonly object[]>();
  /** The schemas that the Data API of each project exposes. A new project exposes these. */
  public readonly exposed = new Map<string, string>();
  /** The status of the answer to a write. */
  public writeStatus = 201;
  /** The project that comes of a request to admit `asked`. */
  public take: (asked: Lists, before: NetworkRestrictions) => NetworkRestrictions = (config) => ({
    entitlement: "allowed",
    status: "applied",
    config,
  });
  /** The project after one more read, for changes that take effect late. */
  public onRead: (project: NetworkRestrictions) => NetworkRestrictions = (project) => project;

  public readonly routes: Routes = {
    "GET /v1/projects": () => ({ status: 200, body: [...this.projects.keys()].map((ref) => this.described(ref)) }),
    "GET /v1/projects/:ref/branches": (asked) => this.branchesOf(refOf(asked)),
    "GET /v1/projects/:ref/postgrest": (asked) => this.dataApiOf(refOf(asked)),
    "GET /v1/projects/:ref/network-restrictions": (asked) => this.change(refOf(asked), 200, this.onRead),
    "POST /v1/projects/:ref/network-restrictions/apply": (asked) =>
      Object.keys(asked.body).every((name) => LISTS.includes(name))
        ? this.change(refOf(asked), this.writeStatus, (before) => this.take(asked.body, before))
        : { status: 400, body: { message: "dbAllowedCidrs, dbAllowedCidrsV6: nothing else is a list of addresses" } },
  };

  /** V1ProjectWithDatabaseResponse */
  private described(ref: string): object {
    const organization = this.organizations.get(ref) ?? "shop";
    return {
      ...{ id: ref, ref, organization_id: organization, organization_slug: organization, name: `the project ${ref}` },
      ...{ region: "eu-central-1", created_at: "2026-01-01T00:00:00Z", status: "ACTIVE_HEALTHY" },
      database: { host: `db.${ref}.supabase.co`, version: "17.4.1", postgres_engine: "17", release_channel: "ga" },
    };
  }

  private branchesOf(ref: string): Answer {
    if (!this.projects.has(ref)) return notFound;
    const body = this.branches.get(ref);
    const message = "Preview branching is not enabled for this project.";
    return body === undefined ? { status: 422, body: { message } } : { status: 200, body };
  }

  /** PostgrestConfigWithJWTSecretResponse */
  private dataApiOf(ref: string): Answer {
    if (!this.projects.has(ref)) return notFound;
    const db_schema = this.exposed.get(ref) ?? "public, graphql_public";
    const rest = { max_rows: 1000, db_extra_search_path: "public, extensions", db_pool: null };
    return { status: 200, body: { db_schema, ...rest, jwt_secret: JWT_SECRET } };
  }

  private change(ref: string, status: number, to: (before: NetworkRestrictions) => NetworkRestrictions): Answer {
    const before = this.projects.get(ref);
    if (before === undefined) return notFound;
    const body = to(before);
    this.projects.set(ref, body);
    return { status, body };
  }
}

const refOf = ({ params }: Asked): string => params["ref"] ?? "";
