import type { Environment } from "../../policy/environment";
import { failure, type Finding, judged, notice, orLetItBe, together } from "../finding";
import type { Client } from "../platforms/client";
import {
  customDomains,
  keyValuesIn,
  type LiveDomain,
  type LiveService,
  type LiveStore,
  postgresIn,
  serviceOf,
  servicesIn,
} from "../platforms/render";
import { printable } from "../../errors/one-line";
import { type Named, plainName, servicesOf } from "./named";

/** Everything in the Render workspaces of an environment: those of its services. */
export async function renderInventory(
  client: Client,
  environment: Environment,
  named: Named,
): Promise<readonly Finding[]> {
  const owners = new Set<string>();
  const missing = await together(
    servicesOf(environment).map((id) =>
      judged(serviceOf(client, id), ({ ownerId }) => {
        owners.add(ownerId);
        return [];
      }),
    ),
  );
  return [...missing, ...(await together([...owners].map((owner) => ofWorkspace(client, owner, named))))];
}

/** Its services, previews included, with their public names; and its datastores: an environment's Postgres is Supabase's. */
function ofWorkspace(client: Client, owner: string, named: Named): Promise<readonly Finding[]> {
  return together([
    judged(servicesIn(client, owner), (services) =>
      together(services.map((service) => ofService(client, service, named))),
    ),
    judged(postgresIn(client, owner), (stores) => stores.map((store) => strangeStore("Postgres database", store))),
    judged(keyValuesIn(client, owner), (stores) =>
      stores.filter(({ id }) => !named.keyValues.has(id)).map((store) => strangeStore("Key Value instance", store)),
    ),
  ]);
}

function strangeStore(kind: string, { id, name }: LiveStore): Finding {
  const what = `the ${kind} "${printable(name)}" is in no environment, so nothing closes it`;
  return failure(`render/datastore/${printable(id)}`, what, orLetItBe("delete it, or name it as a datastore"));
}

/** The types with a public name: https://render.com/docs/service-types */
const PUBLIC_TYPES: ReadonlySet<string> = new Set(["web_service", "static_site"]);

async function ofService(client: Client, service: LiveService, named: Named): Promise<readonly Finding[]> {
  const isNamed = named.services.has(service.id);
  if (!PUBLIC_TYPES.has(service.type)) return isNamed ? [] : [stranger(service, [])];
  const hosts = named.hostsOf.get(service.id) ?? [];
  let names: readonly string[] = [];
  const domains = await judged(customDomains(client, service.id), (live) => {
    names = live.map((domain) => domain.name);
    const strange = isNamed ? live.filter((domain) => !isOwn(domain, hosts)) : [];
    return strange.map((domain) => strangeDomain(domain, printable(service.id)));
  });
  return isNamed ? domains : [...domains, stranger(service, names)];
}

/** A public name that no rule covers. */
function strangeDomain({ id, name }: LiveDomain, service: string): Finding {
  const what = `${printable(name)} is a custom domain of ${service} and no host of an environment`;
  const todo = orLetItBe("remove it from the service, or add it to the environment's hosts");
  return failure(`render/custom-domain/${printable(id)}`, what, todo);
}

function stranger(service: LiveService, domains: readonly string[]): Finding {
  const { id, name, type, suspended, serviceDetails } = service;
  const finding = `render/service/${printable(id)}`;
  const names = [serviceDetails.url ?? "", ...domains].filter((text) => text !== "").map(printable);
  const parent = serviceDetails.parentServer?.id;
  const kind = parent === undefined ? printable(type) : `preview of ${printable(parent)}, a ${printable(type)},`;
  const reached = names.length === 0 ? "" : ` at ${names.join(", ")}`;
  const what = `the ${kind} "${printable(name)}"${reached} is in no environment`;
  if (suspended === "suspended") return notice(finding, `${what}; it is suspended`, orLetItBe("delete it"));
  const todo = parent === undefined ? "delete it, or name it in an environment" : "delete it, or switch previews off";
  return failure(finding, what, orLetItBe(todo));
}

/**
 * Whether a domain is a host, or one that Render itself added beside a host: www.example.com for example.com, and the other
 * way round. That only redirects.
 *
 * @see https://render.com/docs/custom-domains
 */
function isOwn({ name, redirectForName }: LiveDomain, hosts: readonly string[]): boolean {
  const [plain, host] = [plainName(name), plainName(redirectForName ?? "")];
  return hosts.includes(plain) || (hosts.includes(host) && (plain === `www.${host}` || host === `www.${plain}`));
}
