/** A block that a platform admits, and why. */
export interface AdmittedBlock {
  readonly cidrBlock: string;
  readonly description: string;
}

/** What each kind of applier holds in force, in the form that the manifest's schema has for it. */
export interface DesiredStates {
  readonly "supabase-network-restrictions": {
    readonly projectRef: string;
    readonly dbAllowedCidrs: readonly string[];
    readonly dbAllowedCidrsV6: readonly string[];
  };
  readonly "render-key-value-allow-list": {
    readonly keyValueId: string;
    readonly ipAllowList: readonly AdmittedBlock[];
  };
  readonly "render-web-service-subdomain": {
    readonly serviceId: string;
    readonly renderSubdomainPolicy: unknown;
    readonly customDomains: readonly string[];
  };
  readonly "render-web-service-allow-list": {
    readonly serviceId: string;
    readonly ipAllowList: readonly AdmittedBlock[];
  };
  readonly "render-service-type": {
    readonly serviceId: string;
    readonly type: unknown;
  };
  readonly "render-dedicated-addresses": {
    readonly dedicatedIpId: string;
    readonly ips: readonly string[];
  };
}

export type ApplierKind = keyof DesiredStates;

/** The member of each desired state that names what it belongs to. */
const TARGETS: { readonly [Kind in ApplierKind]: keyof DesiredStates[Kind] } = {
  "supabase-network-restrictions": "projectRef",
  "render-key-value-allow-list": "keyValueId",
  "render-web-service-subdomain": "serviceId",
  "render-web-service-allow-list": "serviceId",
  "render-service-type": "serviceId",
  "render-dedicated-addresses": "dedicatedIpId",
};

/** The kinds that are modelled. */
export const APPLIER_KINDS = Object.keys(TARGETS) as readonly ApplierKind[];

export const isApplierKind = (kind: unknown): kind is ApplierKind =>
  typeof kind === "string" && Object.hasOwn(TARGETS, kind);

/** What a desired state says that it belongs to. */
export function targetOf(kind: ApplierKind, state: Readonly<Record<string, unknown>>): unknown {
  return state[TARGETS[kind]];
}
