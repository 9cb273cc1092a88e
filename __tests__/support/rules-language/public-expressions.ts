import { readFileSync } from "node:fs";
import { join } from "node:path";

/** An expression that somebody published, and where. */
export interface PublicExpression {
  readonly expression: string;
  /** A rule matches by a filter, and computes a value. */
  readonly kind: "filter" | "value";
  /** The page, or the file at a commit. */
  readonly source: string;
}

/** A published text that looks like an expression and isn't taken for one. */
export interface RefusedExpression {
  readonly expression: string;
  readonly reason: string;
  readonly source: string;
}

const FIXTURES = join(__dirname, "../../fixtures/rules-language");

export const PUBLIC_EXPRESSIONS = read<PublicExpression>("public-expressions.json");
export const REFUSED_EXPRESSIONS = read<RefusedExpression>("refused-public-expressions.json");

/** The fields that no expression with an address was found for. */
export const FIELDS_WITHOUT_EXAMPLE: readonly string[] = [
  "cf.edge.server_ip",
  "cf.edge.client_tcp",
  "raw.http.request.uri.args",
  "raw.http.request.uri.args.names",
  "raw.http.request.uri.args.values",
  "http.request.headers.truncated",
  "ip.src.subdivision_1_iso_code",
  "ip.src.subdivision_2_iso_code",
  "http.request.body.truncated",
  ...["aud", "iat.sec", "iss", "jti", "nbf.sec", "sub"].flatMap((claim) =>
    ["", ".names", ".values"].map((part) => `http.request.jwt.claims.${claim}${part}`),
  ),
  "cf.tls_cipher",
  "cf.tls_ciphers_sha1",
  "cf.tls_client_extensions_sha1",
  "cf.tls_client_extensions_sha1_le",
  "cf.tls_client_random",
  "cf.tls_client_hello_length",
  "cf.tls_client_auth.cert_rfc9440_too_large",
  "cf.tls_client_auth.cert_chain_rfc9440_too_large",
  "cf.bot_management.signed_agent",
  "cf.waf.score.rce",
  "cf.waf.credential_check.username_leaked",
  "cf.waf.credential_check.username_password_similar",
  "cf.waf.content_scan.has_failed",
  "cf.llm.prompt.detected",
  "cf.api_gateway.auth_id_present",
  "cf.api_gateway.request_violates_schema",
  "cf.ray_id",
  "cf.timings.client_tcp_rtt_msec",
];

function read<Item>(name: string): readonly Item[] {
  return JSON.parse(readFileSync(join(FIXTURES, name), "utf8")) as Item[];
}
