import { notFound, type Answer, type Asked, type Route } from "./route";

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
  /** What becomes of an object that is asked to change. */
  public take: <T>(asked: T, before: T) => T = (asked) => asked;
  /** What becomes of a service's domains when one of them is to be verified. */
  public onVerify: (domains: readonly CustomDomain[]) => readonly CustomDomain[] = (domains) => domains;

  public readonly routes: readonly Route[] = [
    { method: "GET", path: /^\/v1\/services\/([^/]+)$/, answer: (asked) => found(this.services, asked, serviceOf) },
    { method: "GET", path: /^\/v1\/key-value\/([^/]+)$/, answer: (asked) => found(this.keyValues, asked, storeOf) },
    {
      method: "GET",
      path: /^\/v1\/dedicated-ips\/([^/]+)$/,
      answer: (asked) => found(this.dedicatedIps, asked, (set) => ({ region: REGION, ...set })),
    },
    {
      method: "GET",
      path: /^\/v1\/(services)$/,
      answer: (asked) => this.pageOf("service", this.ownServices(asked), asked),
    },
    {
      method: "GET",
      path: /^\/v1\/(key-value)$/,
      answer: (asked) => this.pageOf("keyValue", [...this.keyValues.values()].map(storeOf), asked),
    },
    {
      method: "GET",
      path: /^\/v1\/(postgres)$/,
      answer: (asked) => this.pageOf("postgres", [...this.postgres.values()].map(storeOf), asked),
    },
    {
      method: "GET",
      path: /^\/v1\/(owners)$/,
      answer: (asked) =>
        this.pageOf(
          "owner",
          [...this.owners].map(([id, name]) => ({ id, name, email: `${id}@example.com`, type: "team" })),
          asked,
        ),
    },
    { method: "GET", path: /^\/v1\/services\/([^/]+)\/custom-domains$/, answer: (asked) => this.domainPage(asked) },
    {
      method: "GET",
      path: /^\/v1\/services\/([^/]+)\/env-vars$/,
      answer: (asked) => this.pageOf("envVar", this.variables.get(asked.params[0] ?? "") ?? [], asked),
    },
    { method: "PATCH", path: /^\/v1\/services\/([^/]+)$/, answer: (asked) => this.patchService(asked) },
    { method: "PATCH", path: /^\/v1\/key-value\/([^/]+)$/, answer: (asked) => this.patchKeyValue(asked) },
    {
      method: "POST",
      path: /^\/v1\/services\/([^/]+)\/custom-domains\/([^/]+)\/verify$/,
      answer: (asked) => this.verify(asked),
    },
  ];

  private domainPage(asked: Asked): Answer {
    const domains = this.customDomains.get(asked.params[0] ?? "");
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

  private patchService({ params, body }: Asked): Answer {
    const before = this.services.get(params[0] ?? "");
    if (before === undefined) return notFound;
    const serviceDetails = { ...before.serviceDetails, ...(body["serviceDetails"] as object) };
    this.services.set(before.id, this.take({ ...before, serviceDetails }, before));
    return { status: 200, body: this.services.get(before.id) };
  }

  private patchKeyValue({ params, body }: Asked): Answer {
    const before = this.keyValues.get(params[0] ?? "");
    if (before === undefined) return notFound;
    this.keyValues.set(before.id, this.take({ ...before, ...body }, before));
    return { status: 200, body: this.keyValues.get(before.id) };
  }

  private verify({ params }: Asked): Answer {
    const [service = "", name = ""] = params;
    const domains = this.customDomains.get(service) ?? [];
    if (!domains.some((one) => one.name === decodeURIComponent(name))) return notFound;
    this.customDomains.set(service, this.onVerify(domains));
    return { status: 202, body: undefined };
  }
}

function found<T>(objects: ReadonlyMap<string, T>, { params }: Asked, described: (object: T) => object): Answer {
  const object = objects.get(params[0] ?? "");
  return object === undefined ? notFound : { status: 200, body: described(object) };
}

function serviceOf(service: Service) {
  const { id, serviceDetails } = service;
  const details: Service["serviceDetails"] = { region: REGION, ...serviceDetails };
  return { name: id, ownerId: WORKSPACE, suspended: "not_suspended", ...service, serviceDetails: details };
}

function storeOf<T extends { readonly id: string }>(store: T) {
  return { name: store.id, region: REGION, ...store };
}
