// @ts-check
import { CannotTell } from "../shared/failure.mjs";

/** @typedef {import("../shared/client.mjs").Client} Client */

/**
 * Render's API. The names are those of render-oss/terraform-provider-render (internal/provider/provider.go, v1.9.1).
 *
 * @type {import("../shared/endpoint.mjs").Platform}
 */
export const render = {
  name: "Render",
  credential: "RENDER_API_KEY",
  endpoint: "RENDER_HOST",
  endpointByDefault: "https://api.render.com/v1",
  endpointPath: /\/v1$/,
  endpointPathRule: "doesn't end in /v1",
};

const TEXT = { type: "string" };

/** An answer that speaks of another object than the one that was asked for proves nothing. */
const objectOf = (/** @type {string} */ id, /** @type {Record<string, unknown>} */ properties) => ({
  type: "object",
  required: ["id", ...Object.keys(properties)],
  properties: { id: { const: id }, ...properties },
});

const serviceOf = (/** @type {string} */ id, /** @type {Record<string, unknown>} */ properties) =>
  objectOf(id, { type: TEXT, serviceDetails: { type: "object", properties } });

/** @typedef {{ readonly type: string, readonly serviceDetails: { readonly renderSubdomainPolicy?: string } }} Service */

/**
 * @param {Client} client
 * @param {string} id
 * @returns {Promise<Service>}
 */
export const readService = (client, id) =>
  client.read(`/services/${encodeURIComponent(id)}`, serviceOf(id, { renderSubdomainPolicy: TEXT }));

/**
 * @param {Client} client
 * @param {string} id
 * @param {"disabled"} renderSubdomainPolicy
 */
export const setSubdomainPolicy = (client, id, renderSubdomainPolicy) =>
  client.write("PATCH", `/services/${encodeURIComponent(id)}`, { serviceDetails: { renderSubdomainPolicy } });

/** @typedef {{ readonly name: string, readonly verificationStatus: string, readonly redirectForName?: string }} CustomDomain */

const CUSTOM_DOMAINS = {
  type: "array",
  items: {
    type: "object",
    required: ["cursor", "customDomain"],
    properties: {
      cursor: TEXT,
      customDomain: {
        type: "object",
        required: ["name", "verificationStatus"],
        properties: { name: TEXT, verificationStatus: TEXT, redirectForName: TEXT },
      },
    },
  },
};

const PAGE = 100;
const MOST_PAGES = 50;

/**
 * Every custom domain of a service. Only an empty page ends the list. A short one may be the platform's own limit, and
 * a domain on an unread page would be a public name that nobody saw.
 *
 * @param {Client} client
 * @param {string} id
 * @returns {Promise<readonly CustomDomain[]>}
 */
export async function readCustomDomains(client, id) {
  /** @type {CustomDomain[]} */
  const domains = [];
  let cursor = "";
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor === "" ? {} : { cursor }) });
    const entries = await client.read(`/services/${encodeURIComponent(id)}/custom-domains?${query}`, CUSTOM_DOMAINS);
    if (entries.length === 0) return domains;
    domains.push(...entries.map((/** @type {{ customDomain: CustomDomain }} */ entry) => entry.customDomain));
    cursor = entries.at(-1).cursor;
  }
  throw new CannotTell(
    `the list of custom domains of ${id} doesn't end after ${MOST_PAGES} pages`,
    "check that RENDER_HOST leads to Render, then whether its paging has changed",
  );
}

/**
 * Asks Render to look at a custom domain's DNS records now. It changes nothing else.
 *
 * @param {Client} client
 * @param {string} id
 * @param {string} domain
 */
export const verifyCustomDomain = (client, id, domain) =>
  client.write("POST", `/services/${encodeURIComponent(id)}/custom-domains/${encodeURIComponent(domain)}/verify`);

/** @typedef {{ readonly cidrBlock: string, readonly description: string }} AllowedBlock */

const ALLOW_LIST = {
  type: "array",
  items: { type: "object", required: ["cidrBlock"], properties: { cidrBlock: TEXT } },
};

/**
 * @param {Client} client
 * @param {string} id
 * @returns {Promise<{ readonly ipAllowList: readonly AllowedBlock[] }>}
 */
export const readKeyValue = (client, id) =>
  client.read(`/key-value/${encodeURIComponent(id)}`, objectOf(id, { ipAllowList: ALLOW_LIST }));

/**
 * @param {Client} client
 * @param {string} id
 * @param {readonly AllowedBlock[]} ipAllowList
 */
export const setKeyValueAllowList = (client, id, ipAllowList) =>
  client.write("PATCH", `/key-value/${encodeURIComponent(id)}`, { ipAllowList });

/**
 * A service's inbound IP rules. Without the list, nothing is known of them.
 *
 * @param {Client} client
 * @param {string} id
 * @returns {Promise<{ readonly type: string, readonly serviceDetails: { readonly ipAllowList?: readonly AllowedBlock[] } }>}
 */
export const readServiceAllowList = (client, id) =>
  client.read(`/services/${encodeURIComponent(id)}`, serviceOf(id, { ipAllowList: ALLOW_LIST }));

const ENTERPRISE =
  "Render has inbound IP rules for web services on its Enterprise plan only (https://render.com/docs/inbound-ip-rules):" +
  " check the workspace's plan, or take the allow list out of the environment's ingress";

/**
 * @param {Client} client
 * @param {string} id
 * @param {readonly AllowedBlock[]} ipAllowList
 */
export const setServiceAllowList = (client, id, ipAllowList) =>
  client.write(
    "PATCH",
    `/services/${encodeURIComponent(id)}`,
    { serviceDetails: { ipAllowList } },
    {
      // A workspace of another plan gets it: https://github.com/render-oss/cli/issues/35
      400: () => `unless its message names another cause, ${ENTERPRISE}`,
      402: () => ENTERPRISE,
      403: (credential) => `${credential} may not do this, or the plan doesn't include it: ${ENTERPRISE}`,
    },
  );

/**
 * @param {Client} client
 * @param {string} id
 * @returns {Promise<{ readonly status: string, readonly ips: readonly string[] }>}
 */
export const readDedicatedIp = (client, id) =>
  client.read(
    `/dedicated-ips/${encodeURIComponent(id)}`,
    objectOf(id, { status: TEXT, ips: { type: "array", items: TEXT } }),
  );
