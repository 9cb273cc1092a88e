// @ts-check

/** @typedef {import("../shared/client.mjs").Client} Client */

/**
 * Supabase's Management API. The names are those of supabase/terraform-provider-supabase (internal/provider/provider.go, v1.10.1).
 *
 * @type {import("../shared/endpoint.mjs").Platform}
 */
export const supabase = {
  name: "Supabase",
  credential: "SUPABASE_ACCESS_TOKEN",
  endpoint: "SUPABASE_API_ENDPOINT",
  endpointByDefault: "https://api.supabase.com",
  endpointPath: /^(?!.*\/v1$)/,
  endpointPathRule: "ends in /v1, which this program adds itself",
};

/** @typedef {{ readonly dbAllowedCidrs?: readonly string[], readonly dbAllowedCidrsV6?: readonly string[] }} Lists */

/**
 * `config` is the requested state. It is in force only with `status: "applied"`.
 *
 * @typedef {{ readonly entitlement: string, readonly status: string, readonly config: Lists }} NetworkRestrictions
 */

const CIDRS = { type: "array", items: { type: "string" } };

/** NetworkRestrictionsResponse of https://api.supabase.com/api/v1 */
const NETWORK_RESTRICTIONS = {
  type: "object",
  required: ["entitlement", "config", "status"],
  properties: {
    entitlement: { type: "string" },
    status: { type: "string" },
    config: { type: "object", properties: { dbAllowedCidrs: CIDRS, dbAllowedCidrsV6: CIDRS } },
  },
};

const restrictions = (/** @type {string} */ ref) => `/v1/projects/${encodeURIComponent(ref)}/network-restrictions`;

/**
 * @param {Client} client
 * @param {string} ref
 * @returns {Promise<NetworkRestrictions>}
 */
export const readNetworkRestrictions = (client, ref) => client.read(restrictions(ref), NETWORK_RESTRICTIONS);

/**
 * Replaces the whole list of both families. A family that is left out has no documented meaning, so both are sent.
 *
 * @param {Client} client
 * @param {string} ref
 * @param {Required<Lists>} lists
 */
export const applyNetworkRestrictions = (client, ref, { dbAllowedCidrs, dbAllowedCidrsV6 }) =>
  client.write("POST", `${restrictions(ref)}/apply`, { dbAllowedCidrs, dbAllowedCidrsV6 });
