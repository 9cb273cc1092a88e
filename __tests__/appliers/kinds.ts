import type { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { domain } from "../../rehearsal/render";
import { UNRESTRICTED } from "../../rehearsal/supabase";

/** One kind of applied state with a platform on which it is in force and one on which it isn't. */
export interface Kind {
  readonly kind: string;
  readonly target: string;
  readonly credential: string;
  readonly endpoint: string;
  readonly desired: Readonly<Record<string, unknown>>;
  /** Whether the program may change the platform. */
  readonly writes: boolean;
  readonly inForce: (platform: RenderAndSupabase) => void;
  readonly differing: (platform: RenderAndSupabase) => void;
}

const RENDER = { credential: "RENDER_API_KEY", endpoint: "RENDER_HOST" };

export const REF = "abcdefghijklmnopqrst";
export const LISTS = { dbAllowedCidrs: ["203.0.113.10/32", "203.0.113.11/32"], dbAllowedCidrsV6: ["2001:db8::/64"] };

export const RESTRICTIONS: Kind = {
  kind: "supabase-network-restrictions",
  target: REF,
  credential: "SUPABASE_ACCESS_TOKEN",
  endpoint: "SUPABASE_API_ENDPOINT",
  desired: { projectRef: REF, ...LISTS },
  writes: true,
  inForce: ({ supabase }) => void supabase.projects.set(REF, { ...UNRESTRICTED, config: LISTS }),
  differing: ({ supabase }) => void supabase.projects.set(REF, UNRESTRICTED),
};

export const RED = "red-example00000000000";
export const OPEN_TO_ALL = [{ cidrBlock: "0.0.0.0/0", description: "everywhere" }];

export const ALLOW_LIST: Kind = {
  ...RENDER,
  kind: "render-key-value-allow-list",
  target: RED,
  desired: { keyValueId: RED, ipAllowList: [] },
  writes: true,
  inForce: ({ render }) => void render.keyValues.set(RED, { id: RED, ipAllowList: [] }),
  differing: ({ render }) => void render.keyValues.set(RED, { id: RED, ipAllowList: OPEN_TO_ALL }),
};

export const SRV = "srv-example00000000000";
export const HOSTS = ["app.example.com", "www.example.org"];

/** The platform's web service with this onrender.com policy, its hosts verified. */
export function webService({ render }: RenderAndSupabase, renderSubdomainPolicy: string): void {
  render.services.set(SRV, { id: SRV, type: "web_service", serviceDetails: { renderSubdomainPolicy } });
  render.customDomains.set(SRV, [
    domain("app.example.com"),
    domain("www.example.org"),
    domain("example.org", "unverified", "www.example.org"),
  ]);
}

export const SUBDOMAIN: Kind = {
  ...RENDER,
  kind: "render-web-service-subdomain",
  target: SRV,
  desired: { serviceId: SRV, renderSubdomainPolicy: "disabled", customDomains: HOSTS },
  writes: true,
  inForce: (platform) => webService(platform, "disabled"),
  differing: (platform) => webService(platform, "enabled"),
};

export const EDGE = [
  { cidrBlock: "203.0.113.0/28", description: "edge" },
  { cidrBlock: "2001:db8::/64", description: "edge" },
];

/** The platform's web service that admits these. */
export const admitting =
  (ipAllowList: unknown) =>
  ({ render }: RenderAndSupabase): void =>
    void render.services.set(SRV, { id: SRV, type: "web_service", serviceDetails: { ipAllowList } });

export const WEB_ALLOW_LIST: Kind = {
  ...RENDER,
  kind: "render-web-service-allow-list",
  target: SRV,
  desired: { serviceId: SRV, ipAllowList: EDGE },
  writes: true,
  inForce: admitting(EDGE),
  differing: admitting(OPEN_TO_ALL),
};

const ofType =
  (type: string) =>
  ({ render }: RenderAndSupabase): void =>
    void render.services.set(SRV, { id: SRV, type, serviceDetails: {} });

export const SERVICE_TYPE: Kind = {
  ...RENDER,
  kind: "render-service-type",
  target: SRV,
  desired: { serviceId: SRV, type: "background_worker" },
  writes: false,
  inForce: ofType("background_worker"),
  differing: ofType("web_service"),
};

export const EGS = "egs-example00000000000";
export const IPS = ["203.0.113.10", "203.0.113.11", "203.0.113.12"];

const dedicated =
  (ips: readonly string[]) =>
  ({ render }: RenderAndSupabase): void =>
    void render.dedicatedIps.set(EGS, { id: EGS, status: "RUNNING", ips });

export const DEDICATED: Kind = {
  ...RENDER,
  kind: "render-dedicated-addresses",
  target: EGS,
  desired: { dedicatedIpId: EGS, ips: IPS },
  writes: false,
  inForce: dedicated([...IPS].reverse()),
  differing: dedicated(["203.0.113.10", "203.0.113.11", "203.0.113.99"]),
};

export const KINDS: readonly Kind[] = [RESTRICTIONS, ALLOW_LIST, SUBDOMAIN, WEB_ALLOW_LIST, SERVICE_TYPE, DEDICATED];
export const WRITING = KINDS.filter(({ writes }) => writes);
export const ASSERTING = KINDS.filter(({ writes }) => !writes);
