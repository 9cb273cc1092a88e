import { printable } from "../../printable";
import type { Client } from "../../platforms/client";
import { plainName } from "../named";
import { listDomains, type LiveDomain } from "../../platforms/render";
import { cannotTell, failure, type Finding, orLetItBe } from "../finding";

/** The custom domains of a service that are no host of it: public names that no rule covers. */
export async function customDomains(client: Client, id: string, hosts: readonly string[]): Promise<readonly Finding[]> {
  const domains = await listDomains(client, id);
  if (domains.kind === "unreadable") {
    return [cannotTell(`render/custom-domains/${id}`, `the custom domains of ${id}`, domains)];
  }
  return domains.value
    .filter((domain) => !hosts.includes(plainName(domain.name)) && !isCompanion(domain, hosts))
    .map(({ id: domain, name }) =>
      failure(`render/custom-domain/${printable(domain)}`, {
        what: `${printable(name)} is a custom domain of ${id} and no host of an environment`,
        todo: orLetItBe("remove it from the service, or add it to the environment's hosts"),
      }),
    );
}

/**
 * Whether Render itself added a domain beside a host: www.example.com for example.com, and the other way round. It only
 * redirects.
 *
 * @see https://render.com/docs/custom-domains
 */
function isCompanion({ name, redirectForName }: LiveDomain, hosts: readonly string[]): boolean {
  const [companion, host] = [plainName(name), plainName(redirectForName ?? "")];
  return hosts.includes(host) && (companion === `www.${host}` || host === `www.${companion}`);
}
