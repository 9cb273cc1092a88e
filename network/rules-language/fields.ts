import { PlanRequirement } from "./plan-requirement";
import { ADDRESS, arrayOf, BOOLEAN, INTEGER, mapOf, STRING, type Type } from "./type";

/** A field of the Rules language, as its documentation describes it. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  /**
   * The least plan that may use it.
   *
   * @default - every plan
   */
  readonly plan?: PlanRequirement;
  /** The fields whose values decide this one's. Empty for a field that the request itself has. */
  readonly derivedFrom: readonly string[];
  /** The page that documents it. */
  readonly source: string;
}

const { PRO, BUSINESS, ENTERPRISE, ENTERPRISE_ADD_ON } = PlanRequirement;
const STRINGS = arrayOf(STRING);
const INTEGERS = arrayOf(INTEGER);
const ARRAYS_OF_STRINGS = arrayOf(STRINGS);
const STRING_ARRAYS = mapOf(STRINGS);
const INTEGER_ARRAYS = mapOf(INTEGERS);
const INTEGER_MAP = mapOf(INTEGER);

const DOCUMENTATION = "https://developers.cloudflare.com/";
const PAGES = `${DOCUMENTATION}ruleset-engine/rules-language/fields/reference/`;
const GRAPHQL = `${DOCUMENTATION}api-shield/security/graphql-protection/configure/`;
const SEQUENCES = `${DOCUMENTATION}api-shield/security/sequence-mitigation/custom-rules/`;
const TOKENS = `${DOCUMENTATION}waf/custom-rules/use-cases/check-jwt-claim-to-protect-admin-user/`;
const SIGNATURES = `${DOCUMENTATION}waf/detections/attack-signature-detection/fields/`;
const INTELLIGENCE = `${DOCUMENTATION}waf/detections/threat-intelligence/fields/`;

/** Deprecated names, with the field that has the same value; the latter's page documents both. */
const DEPRECATED: readonly string[] = [
  "asnum",
  "continent",
  "country",
  "subdivision_1_iso_code",
  "subdivision_2_iso_code",
  "is_in_european_union",
];

/**
 * The fields as the documentation lists them: names, types and plans from cloudflare/cloudflare-docs (commit 0026d94e)
 * `src/content/fields/index.yaml`. Its Number and Integer are one type here, and so are its String and Bytes.
 */
const DOCUMENTED: readonly Field[] = [
  // The request line, the URL and the client's address
  field("ssl", BOOLEAN),
  field("http.host", STRING),
  field("http.request.method", STRING),
  field("http.request.version", STRING),
  field("http.request.uri.path", STRING),
  field("http.request.uri.query", STRING),
  field("http.request.uri", STRING, { derivedFrom: ["http.request.uri.path", "http.request.uri.query"] }),
  field("http.request.full_uri", STRING, {
    derivedFrom: ["ssl", "http.host", "http.request.uri.path", "http.request.uri.query"],
  }),
  field("http.request.uri.path.extension", STRING, { derivedFrom: ["http.request.uri.path"] }),
  field("http.request.uri.args", STRING_ARRAYS, { derivedFrom: ["http.request.uri.query"] }),
  field("http.request.uri.args.names", STRINGS, { derivedFrom: ["http.request.uri.query"] }),
  field("http.request.uri.args.values", STRINGS, { derivedFrom: ["http.request.uri.query"] }),
  field("http.request.timestamp.sec", INTEGER),
  field("http.request.timestamp.msec", INTEGER),
  field("cf.edge.server_ip", ADDRESS),
  field("cf.edge.server_port", INTEGER),
  field("cf.edge.client_tcp", BOOLEAN),
  field("cf.edge.l4.delivery_rate", INTEGER),
  // The URL before any rule changed it
  field("raw.http.request.uri.path", STRING),
  field("raw.http.request.uri.query", STRING),
  field("raw.http.request.uri", STRING, { derivedFrom: ["raw.http.request.uri.path", "raw.http.request.uri.query"] }),
  field("raw.http.request.full_uri", STRING, {
    derivedFrom: ["ssl", "http.host", "raw.http.request.uri.path", "raw.http.request.uri.query"],
  }),
  field("raw.http.request.uri.path.extension", STRING, { derivedFrom: ["raw.http.request.uri.path"] }),
  field("raw.http.request.uri.args", STRING_ARRAYS, { derivedFrom: ["raw.http.request.uri.query"] }),
  field("raw.http.request.uri.args.names", STRINGS, { derivedFrom: ["raw.http.request.uri.query"] }),
  field("raw.http.request.uri.args.values", STRINGS, { derivedFrom: ["raw.http.request.uri.query"] }),
  // Headers
  field("http.request.headers", STRING_ARRAYS),
  field("http.request.headers.names", STRINGS),
  field("http.request.headers.values", STRINGS),
  field("http.request.headers.truncated", BOOLEAN),
  field("http.cookie", STRING, { derivedFrom: ["http.request.headers"] }),
  field("http.referer", STRING, { derivedFrom: ["http.request.headers"] }),
  field("http.user_agent", STRING, { derivedFrom: ["http.request.headers"] }),
  field("http.x_forwarded_for", STRING, { derivedFrom: ["http.request.headers"] }),
  field("http.request.cookies", STRING_ARRAYS, { plan: PRO, derivedFrom: ["http.cookie"] }),
  field("http.request.accepted_languages", STRINGS, { derivedFrom: ["http.request.headers"] }),
  // The client's address, and the facts that Cloudflare looks up for it
  field("ip.src", ADDRESS),
  field("ip.src.asnum", INTEGER, { derivedFrom: ["ip.src"] }),
  field("ip.src.city", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.continent", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.country", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.lat", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.lon", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.metro_code", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.postal_code", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.region", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.region_code", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.timezone.name", STRING, { derivedFrom: ["ip.src"] }),
  field("ip.src.subdivision_1_iso_code", STRING, { plan: BUSINESS, derivedFrom: ["ip.src"] }),
  field("ip.src.subdivision_2_iso_code", STRING, { plan: BUSINESS, derivedFrom: ["ip.src"] }),
  field("ip.src.is_in_european_union", BOOLEAN, { plan: BUSINESS, derivedFrom: ["ip.src"] }),
  field("cf.threat_score", INTEGER),
  // The body
  field("http.request.body.raw", STRING, { plan: ENTERPRISE }),
  field("http.request.body.size", INTEGER, { plan: ENTERPRISE }),
  field("http.request.body.truncated", BOOLEAN, { plan: ENTERPRISE }),
  field("http.request.body.mime", STRING),
  field("http.request.body.form", STRING_ARRAYS, { plan: ENTERPRISE }),
  field("http.request.body.form.names", STRINGS, { plan: ENTERPRISE }),
  field("http.request.body.form.values", STRINGS, { plan: ENTERPRISE }),
  field("http.request.body.multipart", STRING_ARRAYS, { plan: ENTERPRISE }),
  field("http.request.body.multipart.names", ARRAYS_OF_STRINGS, { plan: ENTERPRISE }),
  field("http.request.body.multipart.values", STRINGS, { plan: ENTERPRISE }),
  field("http.request.body.multipart.content_types", ARRAYS_OF_STRINGS, { plan: ENTERPRISE }),
  field("http.request.body.multipart.content_dispositions", ARRAYS_OF_STRINGS, { plan: ENTERPRISE }),
  field("http.request.body.multipart.content_transfer_encodings", ARRAYS_OF_STRINGS, { plan: ENTERPRISE }),
  field("http.request.body.multipart.filenames", ARRAYS_OF_STRINGS, { plan: ENTERPRISE }),
  // JSON Web Tokens
  field("http.request.jwt.claims.aud", STRING_ARRAYS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.aud.names", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.aud.values", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.iat.sec", INTEGER_ARRAYS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.iat.sec.names", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.iat.sec.values", INTEGERS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.iss", STRING_ARRAYS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.iss.names", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.iss.values", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.jti", STRING_ARRAYS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.jti.names", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.jti.values", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.nbf.sec", INTEGER_ARRAYS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.nbf.sec.names", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.nbf.sec.values", INTEGERS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.sub", STRING_ARRAYS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.sub.names", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("http.request.jwt.claims.sub.values", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  // TLS and client certificates
  field("cf.tls_cipher", STRING),
  field("cf.tls_version", STRING),
  field("cf.tls_ciphers_sha1", STRING),
  field("cf.tls_client_extensions_sha1", STRING),
  field("cf.tls_client_extensions_sha1_le", STRING),
  field("cf.tls_client_random", STRING),
  field("cf.tls_client_hello_length", INTEGER),
  field("cf.tls_client_auth.cert_presented", BOOLEAN),
  field("cf.tls_client_auth.cert_verified", BOOLEAN),
  field("cf.tls_client_auth.cert_revoked", BOOLEAN),
  field("cf.tls_client_auth.cert_rfc9440_too_large", BOOLEAN),
  field("cf.tls_client_auth.cert_chain_rfc9440_too_large", BOOLEAN),
  field("cf.tls_client_auth.cert_issuer_dn", STRING),
  field("cf.tls_client_auth.cert_subject_dn", STRING),
  field("cf.tls_client_auth.cert_issuer_dn_rfc2253", STRING),
  field("cf.tls_client_auth.cert_subject_dn_rfc2253", STRING),
  field("cf.tls_client_auth.cert_issuer_dn_legacy", STRING),
  field("cf.tls_client_auth.cert_subject_dn_legacy", STRING),
  field("cf.tls_client_auth.cert_serial", STRING),
  field("cf.tls_client_auth.cert_issuer_serial", STRING),
  field("cf.tls_client_auth.cert_fingerprint_sha256", STRING),
  field("cf.tls_client_auth.cert_fingerprint_sha1", STRING),
  field("cf.tls_client_auth.cert_not_before", STRING),
  field("cf.tls_client_auth.cert_not_after", STRING),
  field("cf.tls_client_auth.cert_ski", STRING),
  field("cf.tls_client_auth.cert_issuer_ski", STRING),
  field("cf.tls_client_auth.cert_rfc9440", STRING),
  field("cf.tls_client_auth.cert_chain_rfc9440", STRING),
  // Bots
  field("cf.client.bot", BOOLEAN),
  field("cf.verified_bot_category", STRING),
  field("cf.bot_management.score", INTEGER, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.verified_bot", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.static_resource", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.js_detection.passed", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.corporate_proxy", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.signed_agent", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.ja3_hash", STRING, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.ja4", STRING, { plan: ENTERPRISE_ADD_ON }),
  field("cf.bot_management.detection_ids", INTEGERS, { plan: ENTERPRISE_ADD_ON }),
  // Results of Cloudflare's detections
  field("cf.waf.score", INTEGER, { plan: ENTERPRISE }),
  field("cf.waf.score.sqli", INTEGER, { plan: ENTERPRISE }),
  field("cf.waf.score.xss", INTEGER, { plan: ENTERPRISE }),
  field("cf.waf.score.rce", INTEGER, { plan: ENTERPRISE }),
  field("cf.waf.score.class", STRING, { plan: BUSINESS }),
  field("cf.waf.auth_detected", BOOLEAN, { plan: ENTERPRISE }),
  field("cf.waf.credential_check.password_leaked", BOOLEAN),
  field("cf.waf.credential_check.username_leaked", BOOLEAN, { plan: ENTERPRISE }),
  field("cf.waf.credential_check.username_and_password_leaked", BOOLEAN, { plan: PRO }),
  field("cf.waf.credential_check.username_password_similar", BOOLEAN, { plan: ENTERPRISE }),
  field("cf.waf.content_scan.has_obj", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.waf.content_scan.has_malicious_obj", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.waf.content_scan.has_failed", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.waf.content_scan.num_malicious_obj", INTEGER, { plan: ENTERPRISE_ADD_ON }),
  field("cf.waf.content_scan.num_obj", INTEGER, { plan: ENTERPRISE_ADD_ON }),
  field("cf.waf.content_scan.obj_sizes", INTEGERS, { plan: ENTERPRISE_ADD_ON }),
  field("cf.waf.content_scan.obj_types", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("cf.waf.content_scan.obj_results", STRINGS, { plan: ENTERPRISE_ADD_ON }),
  field("cf.llm.prompt.detected", BOOLEAN, { plan: ENTERPRISE }),
  field("cf.llm.prompt.pii_detected", BOOLEAN, { plan: ENTERPRISE }),
  field("cf.llm.prompt.unsafe_topic_detected", BOOLEAN, { plan: ENTERPRISE }),
  field("cf.llm.prompt.pii_categories", STRINGS, { plan: ENTERPRISE }),
  field("cf.llm.prompt.unsafe_topic_categories", STRINGS, { plan: ENTERPRISE }),
  field("cf.llm.prompt.injection_score", INTEGER, { plan: ENTERPRISE }),
  field("cf.llm.prompt.token_count", INTEGER, { plan: ENTERPRISE }),
  field("cf.llm.prompt.custom_topic_categories", INTEGER_MAP, { plan: ENTERPRISE }),
  field("cf.api_gateway.auth_id_present", BOOLEAN, { plan: ENTERPRISE_ADD_ON }),
  field("cf.api_gateway.request_violates_schema", BOOLEAN),
  field("cf.api_gateway.fallthrough_detected", BOOLEAN),
  field("cf.schema_validation.learned.violated", BOOLEAN),
  field("cf.schema_validation.uploaded.violated", BOOLEAN),
  // Cloudflare's own view of the request
  field("cf.hostname.metadata", STRING),
  field("cf.random_seed", STRING),
  field("cf.ray_id", STRING),
  field("cf.worker.upstream_zone", STRING),
  field("cf.timings.client_tcp_rtt_msec", INTEGER),
  field("cf.timings.client_quic_rtt_msec", INTEGER),
  field("cf.timings.edge_msec", INTEGER),
  field("cf.timings.origin_ttfb_msec", INTEGER),
  field("cf.timings.worker_msec", INTEGER),
  // The response
  field("http.response.code", INTEGER),
  field("http.response.headers", STRING_ARRAYS),
  field("http.response.headers.names", STRINGS),
  field("http.response.headers.values", STRINGS),
  field("http.response.content_type.media_type", STRING, { derivedFrom: ["http.response.headers"] }),
  field("raw.http.response.headers", STRING_ARRAYS),
  field("raw.http.response.headers.names", STRINGS),
  field("raw.http.response.headers.values", STRINGS),
  field("cf.response.1xxx_code", INTEGER),
  field("cf.response.error_type", STRING),
];

/** Fields of custom rules that the documentation has on the pages of the products that fill them. */
const OF_PRODUCTS: readonly Field[] = [
  field("cf.api_gateway.graphql.query_size", INTEGER, { plan: ENTERPRISE_ADD_ON, source: GRAPHQL }),
  field("cf.api_gateway.graphql.query_depth", INTEGER, { plan: ENTERPRISE_ADD_ON, source: GRAPHQL }),
  field("cf.api_gateway.graphql.parsed_successfully", BOOLEAN, { plan: ENTERPRISE_ADD_ON, source: GRAPHQL }),
  field("cf.sequence.current_op", STRING, { plan: ENTERPRISE_ADD_ON, source: SEQUENCES }),
  field("cf.sequence.previous_ops", STRINGS, { plan: ENTERPRISE_ADD_ON, source: SEQUENCES }),
  field("cf.sequence.msec_since_op", INTEGER_MAP, { plan: ENTERPRISE_ADD_ON, source: SEQUENCES }),
  field("http.request.jwt.claims", STRING_ARRAYS, { plan: ENTERPRISE_ADD_ON, source: TOKENS }),
  field("cf.waf.signature.request.categories", STRINGS, { source: SIGNATURES }),
  field("cf.waf.signature.request.confidence", STRINGS, { source: SIGNATURES }),
  field("cf.waf.signature.request.refs", STRINGS, { source: SIGNATURES }),
  field("cf.intel.ip.datasets", STRINGS, { plan: ENTERPRISE_ADD_ON, derivedFrom: ["ip.src"], source: INTELLIGENCE }),
  field("cf.intel.ip.target_industries", STRINGS, {
    plan: ENTERPRISE_ADD_ON,
    derivedFrom: ["ip.src"],
    source: INTELLIGENCE,
  }),
  field("cf.intel.ip.attacker_names", STRINGS, {
    plan: ENTERPRISE_ADD_ON,
    derivedFrom: ["ip.src"],
    source: INTELLIGENCE,
  }),
  field("cf.intel.ip.attacker_countries", STRINGS, {
    plan: ENTERPRISE_ADD_ON,
    derivedFrom: ["ip.src"],
    source: INTELLIGENCE,
  }),
  field("cf.intel.ip.target_countries", STRINGS, {
    plan: ENTERPRISE_ADD_ON,
    derivedFrom: ["ip.src"],
    source: INTELLIGENCE,
  }),
  field("cf.appsec.request.failed_detections", STRINGS),
];

/** Every field, by name. */
export const FIELDS: ReadonlyMap<string, Field> = new Map(
  [...DOCUMENTED, ...OF_PRODUCTS, ...DEPRECATED.flatMap(deprecated)].map((each) => [each.name, each]),
);

function field(name: string, type: Type, more: Pick<Partial<Field>, "plan" | "derivedFrom" | "source"> = {}): Field {
  return { name, type, derivedFrom: [], source: `${PAGES}${name}/`, ...more };
}

function deprecated(suffix: string): readonly Field[] {
  return DOCUMENTED.filter(({ name }) => name === `ip.src.${suffix}`).map((successor) => ({
    ...successor,
    name: `ip.geoip.${suffix}`,
    derivedFrom: [successor.name],
  }));
}
