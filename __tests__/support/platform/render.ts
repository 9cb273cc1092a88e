import { notFound, type Answer, type Asked, type Route } from "./route";

/** https://github.com/render-oss/terraform-provider-render/blob/v1.9.1/internal/client/types_gen.go */
export interface Service {
  readonly id: string;
  readonly type: string;
  readonly serviceDetails: Readonly<Record<string, unknown>>;
}

export interface CustomDomain {
  readonly name: string;
  readonly verificationStatus: string;
  readonly redirectForName: string;
}

export interface KeyValue {
  readonly id: string;
  readonly ipAllowList: unknown;
}

export interface DedicatedIp {
  readonly id: string;
  readonly status: string;
  readonly ips: readonly string[];
}

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
  /** How many custom domains a page holds at most, whatever is asked for. */
  public page = 20;
  /** What becomes of an object that is asked to change. */
  public take: <T>(asked: T, before: T) => T = (asked) => asked;
  /** What becomes of a service's domains when one of them is to be verified. */
  public onVerify: (domains: readonly CustomDomain[]) => readonly CustomDomain[] = (domains) => domains;

  public readonly routes: readonly Route[] = [
    { method: "GET", path: /^\/v1\/services\/([^/]+)$/, answer: (asked) => found(this.services, asked) },
    { method: "GET", path: /^\/v1\/key-value\/([^/]+)$/, answer: (asked) => found(this.keyValues, asked) },
    { method: "GET", path: /^\/v1\/dedicated-ips\/([^/]+)$/, answer: (asked) => found(this.dedicatedIps, asked) },
    { method: "GET", path: /^\/v1\/services\/([^/]+)\/custom-domains$/, answer: (asked) => this.domainPage(asked) },
    { method: "PATCH", path: /^\/v1\/services\/([^/]+)$/, answer: (asked) => this.patchService(asked) },
    { method: "PATCH", path: /^\/v1\/key-value\/([^/]+)$/, answer: (asked) => this.patchKeyValue(asked) },
    {
      method: "POST",
      path: /^\/v1\/services\/([^/]+)\/custom-domains\/([^/]+)\/verify$/,
      answer: (asked) => this.verify(asked),
    },
  ];

  private domainPage({ params, query }: Asked): Answer {
    const domains = this.customDomains.get(params[0] ?? "");
    if (domains === undefined) return notFound;
    const start = Number(query.get("cursor") ?? -1) + 1;
    const size = Math.min(this.page, Number(query.get("limit") ?? 20));
    const entries = domains.slice(start, start + size);
    const body = entries.map((customDomain, index) => ({ cursor: String(start + index), customDomain }));
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

function found(objects: ReadonlyMap<string, unknown>, { params }: Asked): Answer {
  const body = objects.get(params[0] ?? "");
  return body === undefined ? notFound : { status: 200, body };
}
