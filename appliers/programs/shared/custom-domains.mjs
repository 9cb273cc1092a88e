// @ts-check
import { forOperator, pending } from "./finding.mjs";

/** @typedef {import("../platforms/render.mjs").CustomDomain} CustomDomain */
/** @typedef {import("./finding.mjs").Finding} Finding */

const plain = (/** @type {string} */ name) => name.toLowerCase().replace(/\.$/, "");

/**
 * Whether Render itself added a domain beside one of the hosts. For www.example.com it adds example.com, and the other
 * way round. It answers the added one with a redirect to the host (https://render.com/docs/custom-domains).
 *
 * @param {CustomDomain} domain
 * @param {readonly string[]} hosts
 */
function isCompanion({ name, redirectForName = "" }, hosts) {
  const [companion, host] = [plain(name), plain(redirectForName)];
  return hosts.includes(host) && (companion === `www.${host}` || host === `www.${companion}`);
}

/**
 * The hosts that Render hasn't verified yet.
 *
 * @param {readonly CustomDomain[]} domains
 * @param {readonly string[]} hosts
 */
export const unverified = (domains, hosts) =>
  domains.filter(({ name, verificationStatus }) => hosts.includes(plain(name)) && verificationStatus !== "verified");

/**
 * How a service's custom domains differ from the hosts, each of them verified. A companion that Render added beside a host
 * may be there, verified or not. Any other domain may not, verified or not: it is a public name that no rule covers.
 *
 * @param {readonly CustomDomain[]} domains
 * @param {readonly string[]} hosts
 * @returns {readonly Finding[]}
 */
export function differencesOfDomains(domains, hosts) {
  const names = domains.map(({ name }) => plain(name));
  const strangers = domains.filter((domain) => !hosts.includes(plain(domain.name)) && !isCompanion(domain, hosts));
  return [
    ...hosts
      .filter((host) => !names.includes(host))
      .map((host) =>
        forOperator(
          `${host} is not a custom domain of the service`,
          "add it in the service's settings, then deploy again",
        ),
      ),
    ...strangers.map(({ name }) =>
      forOperator(
        `${name} is a custom domain of the service and no host of the environment`,
        "remove it from the service, or add it to the environment's hosts",
      ),
    ),
    ...unverified(domains, hosts).map(({ name, verificationStatus }) =>
      pending(
        `Render says that ${name} is ${verificationStatus}`,
        "check the host's DNS record, and its verification in the service's settings, then deploy again",
      ),
    ),
  ];
}
