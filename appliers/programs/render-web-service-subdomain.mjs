// @ts-check
import { readCustomDomains, readService, render, setSubdomainPolicy, verifyCustomDomain } from "./platforms/render.mjs";
import { differencesOfDomains, unverified } from "./shared/custom-domains.mjs";
import { CannotTell } from "./shared/failure.mjs";
import { forOperator, those, writable } from "./shared/finding.mjs";
import { run } from "./shared/run.mjs";

/**
 * A Render web service answers to exactly these hosts, and no longer to its onrender.com name.
 *
 * @typedef {{ readonly serviceId: string, readonly renderSubdomainPolicy: "disabled", readonly customDomains: readonly string[] }} Desired
 */

await run({
  kind: "render-web-service-subdomain",
  platform: render,
  target: (/** @type {Desired} */ { serviceId }) => serviceId,
  read: async (client, { serviceId }) => ({
    service: await readService(client, serviceId),
    domains: await readCustomDomains(client, serviceId),
  }),
  differences: ({ service, domains }, /** @type {Desired} */ { renderSubdomainPolicy, customDomains }) => [
    ...those([
      [
        service.type !== "web_service",
        () => forOperator(`the service is of type ${service.type}, not web_service`, "correct the service's id"),
      ],
      [
        service.serviceDetails.renderSubdomainPolicy !== renderSubdomainPolicy,
        () =>
          writable(
            `the onrender.com name is ${service.serviceDetails.renderSubdomainPolicy ?? "not said to be disabled"}`,
            "look at Settings, Custom Domains, Render Subdomain in the Dashboard and for another writer, then deploy again",
          ),
      ],
    ]),
    ...differencesOfDomains(domains, customDomains),
  ],
  prompt: async (client, { serviceId, customDomains }, { domains }) => {
    for (const { name } of unverified(domains, customDomains))
      await prompted(verifyCustomDomain(client, serviceId, name));
  },
  write: (client, { serviceId, renderSubdomainPolicy }) => setSubdomainPolicy(client, serviceId, renderSubdomainPolicy),
  describe: ({ customDomains }) => `the onrender.com name is off, the service's hosts are ${customDomains.join(" ")}`,
});

/**
 * A prompt only hastens a check that Render makes anyway. The next read shows whether Render heard it.
 *
 * @param {Promise<void>} call
 */
async function prompted(call) {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof CannotTell)) throw error;
  }
}
