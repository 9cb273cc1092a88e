/** The TCP ports that the policy speaks of, by their IANA numbers; the pooler's is Supabase's own. */
export enum Port {
  /** HTTP, only to redirect to `HTTPS`. */
  HTTP = 80,
  /** HTTP over TLS. */
  HTTPS = 443,
  /** PostgreSQL, and Supabase's pooler in session mode. */
  POSTGRES = 5432,
  /** Redis, Render Key Value included. */
  REDIS = 6379,
  /** Supabase's pooler in transaction mode: https://supabase.com/docs/guides/database/connecting-to-postgres */
  POSTGRES_POOLER = 6543,
}

/**
 * The ports on which Cloudflare's proxy accepts HTTP, in ascending order:
 * https://developers.cloudflare.com/fundamentals/reference/network-ports/
 */
export const CLOUDFLARE_HTTP_PORTS: readonly number[] = Object.freeze([80, 2052, 2082, 2086, 2095, 8080, 8880]);

/** The ports on which Cloudflare's proxy accepts HTTPS, in ascending order; source as for `CLOUDFLARE_HTTP_PORTS`. */
export const CLOUDFLARE_HTTPS_PORTS: readonly number[] = Object.freeze([443, 2053, 2083, 2087, 2096, 8443]);

/**
 * Every port on which a proxied host name answers, in ascending order. A rule has to close the others than 80 and 443: the
 * proxy accepts all of these by default.
 */
export const CLOUDFLARE_PROXIED_PORTS: readonly number[] = Object.freeze(
  [...CLOUDFLARE_HTTP_PORTS, ...CLOUDFLARE_HTTPS_PORTS].sort((a, b) => a - b),
);
