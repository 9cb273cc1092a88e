import { type Answer, type Asked, type Json, notFound, type Routes } from "./server";

/** https://github.com/render-oss/terraform-provider-render/blob/v1.9.1/internal/client/types_gen.go */
export interface Service {
  readonly id: string;
  readonly type: string;
  readonly serviceDetails: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly ownerId?: string;
  readonly suspended?: string;
}

export interface CustomDomain {
  readonly name: string;
  readonly verificationStatus: string;
  readonly redirectForName: string;
}

export interface KeyValue {
  readonly id: string;
  readonly ipAllowList: unknown;
  readonly region?: string;
}

export interface DedicatedIp {
  readonly id: string;
  readonly status: string;
  readonly ips: readonly string[];
  readonly region?: string;
}

/** The workspace of whatever names no other. */
export const WORKSPACE = "tea-c0ffee0c0ffee0c0ffee";
const REGION = "frankfurt";

/** A custom domain as Render lists it. */
export const domain = (name: string, verificationStatus = "verified", redirectForName = ""): CustomDomain => ({
  name,
  verificationStatus,
  redirectForName,
});

/** The objects of a Render workspace. */
export class Render {
  public readonly services = new Map<string, Service>();
  public readonly customDomains = new Map<string, readonly CustomDomain[]>();
  public readonly keyValues = new Map<string, KeyValue>();
  public readonly dedicatedIps = new Map<string, DedicatedIp>();
  /** Postgres databases, by their ids. */
  public readonly postgres = new Map<string, { readonly id: string; readonly name: string }>();
  /** Workspaces that the key reaches, with their names. */
  public readonly owners = new Map([[WORKSPACE, "Shop"]]);
  /** The variables of services, by their ids. */
  public readonly variables = new Map<string, readonly { readonly key: string; readonly value: string }[]>();
  /** How many entries a page holds at most, whatever is asked for. */
  public page = 20;
  /** The object that comes of a request to change it. */
  public take: <T>(asked: T, before: T) => T = (asked) => asked;
  /** The domains of a service once one of them was to be verified. */
  public onVerify: (domains: readonly CustomDomain[]) => readonly CustomDomain[] = (domains) => domains;

  public readonly routes: Routes = {
    "GET /v1/services/:id": (asked) => found(this.services, asked, serviceOf),
    "GET /v1/key-value/:id": (asked) => found(this.keyValues, asked, storeOf),
    "GET /v1/dedicated-ips/:id": (asked) => found(this.dedicatedIps, asked, (set) => ({ region: REGION, ...set })),
    "GET /v1/services": (asked) => this.pageOf("service", this.ownServices(asked), asked),
    "GET /v1/key-value": (asked) => this.pageOf("keyValue", [...this.keyValues.values()].map(storeOf), asked),
    "GET /v1/postgres": (asked) => this.pageOf("postgres", [...this.postgres.values()].map(storeOf), asked),
    "GET /v1/owners": (asked) => this.pageOf("owner", [...this.owners].map(ownerOf), asked),
    "GET /v1/services/:id/custom-domains": (asked) => this.domainPage(asked),
    "GET /v1/services/:id/env-vars": (asked) =>
      this.pageOf("envVar", this.variables.get(asked.params["id"] ?? "") ?? [], asked),
    "PATCH /v1/services/:id": (asked) =>
      changed(this.services, asked, (before, { serviceDetails = {} }) =>
        this.take({ ...before, serviceDetails: { ...before.serviceDetails, ...(serviceDetails as object) } }, before),
      ),
    "PATCH /v1/key-value/:id": (asked) =>
      changed(this.keyValues, asked, (before, body) => this.take({ ...before, ...body }, before)),
    "POST /v1/services/:id/custom-domains/:name/verify": (asked) => this.verify(asked),
  };

  private domainPage(asked: Asked): Answer {
    const domains = this.customDomains.get(asked.params["id"] ?? "");
    if (domains === undefined) return notFound;
    return this.pageOf(
      "customDomain",
      domains.map((one) => ({ id: `cdm-${one.name}`, ...one })),
      asked,
    );
  }

  private ownServices({ query }: Asked): readonly object[] {
    const services = [...this.services.values()].map(serviceOf);
    return services.filter(
      ({ ownerId, serviceDetails }) =>
        ownerId === (query.get("ownerId") ?? ownerId) &&
        (query.get("includePreviews") === "true" || serviceDetails["parentServer"] === undefined),
    );
  }

  /** https://api-docs.render.com/reference/pagination */
  private pageOf(key: string, all: readonly object[], { query }: Asked): Answer {
    const start = Number(query.get("cursor") ?? -1) + 1;
    const size = Math.min(this.page, Number(query.get("limit") ?? 20));
    const body = all.slice(start, start + size).map((one, index) => ({ cursor: String(start + index), [key]: one }));
    return { status: 200, body };
  }

  private verify({ params }: Asked): Answer {
    const { id: service = "", name = "" } = params;
    const domains = this.customDomains.get(service) ?? [];
    if (!domains.some((one) => one.name === name)) return notFound;
    this.customDomains.set(service, this.onVerify(domains));
    return { status: 202 };
  }
}

function found<T>(objects: ReadonlyMap<string, T>, { params }: Asked, described: (object: T) => object): Answer {
  const object = objects.get(params["id"] ?? "");
  return object === undefined ? notFound : { status: 200, body: described(object) };
}

/** The members that a PATCH of a service or a datastore may have, as far as the appliers change them. */
const CHANGEABLE: ReadonlySet<string> = new Set(["serviceDetails", "ipAllowList"]);

function changed<T extends { readonly id: string }>(
  objects: Map<string, T>,
  { params, body }: Asked,
  change: (before: T, body: Json) => T,
): Answer {
  const before = objects.get(params["id"] ?? "");
  if (before === undefined) return notFound;
  const strange = Object.keys(body).filter((name) => !CHANGEABLE.has(name));
  if (strange.length > 0)
    return { status: 400, body: { message: `invalid JSON: unknown field ${strange.join(", ")}` } };
  const after = change(before, body);
  objects.set(before.id, after);
  return { status: 200, body: after };
}

const ownerOf = ([id, name]: readonly [string, string]) => ({ id, name, email: `${id}@example.com`, type: "team" });

function serviceOf(service: Service) {
  const { id, serviceDetails } = service;
  const details: Service["serviceDetails"] = { region: REGION, ...serviceDetails };
  return { name: id, ownerId: WORKSPACE, suspended: "not_suspended", ...service, serviceDetails: details };
}

function storeOf<T extends { readonly id: string }>(store: T) {
  return { name: store.id, region: REGION, ...store };
}
