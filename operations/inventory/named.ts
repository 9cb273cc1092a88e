import type { Environment, Tenancy } from "../../policy/environment";
import type { EdgePolicy } from "../../policy/slices";
import type { Client } from "../platforms/client";

/** Everything that the environments of an app name, all of them together: what one names is no stranger to the others. */
export interface Named {
  /** The hosts of each Render service. */
  readonly hostsOf: ReadonlyMap<string, readonly string[]>;
  /** Render services: web services and workers. */
  readonly services: ReadonlySet<string>;
  /** Render Key Value instances. */
  readonly keyValues: ReadonlySet<string>;
  /** Supabase projects. */
  readonly projects: ReadonlySet<string>;
}

export function namedBy(environments: readonly Environment[]): Named {
  const hosts = environments.flatMap((environment) => Object.entries(environment.hosts));
  const hostsOf = new Map<string, readonly string[]>();
  for (const [host, { service }] of hosts) hostsOf.set(service, [...(hostsOf.get(service) ?? []), host]);
  return {
    hostsOf,
    services: new Set(environments.flatMap(servicesOf)),
    keyValues: new Set(environments.flatMap(keyValuesOf)),
    projects: new Set(environments.flatMap(projectsOf)),
  };
}

/** The Render services of an environment. */
export function servicesOf({ hosts, workers = [] }: Environment): readonly string[] {
  return [...new Set([...Object.values(hosts), ...workers].map(({ service }) => service))];
}

/** The Supabase projects of an environment. */
export function projectsOf({ datastores = [] }: Environment): readonly string[] {
  return datastores.flatMap((store) => (store.kind === "supabase" ? [store.project] : []));
}

/** The Key Value instances of an environment. */
export function keyValuesOf({ datastores = [] }: Environment): readonly string[] {
  return datastores.flatMap((store) => (store.kind === "render-key-value" ? [store.instance] : []));
}

/** A host name as names are compared: without case, and without the dot of the root. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** A zone with the environments that live in it, and the client that sees it. */
export interface ZoneSubject extends Pick<Tenancy, "zone" | "tenants"> {
  readonly client: Client;
  readonly edge: EdgePolicy;
}
