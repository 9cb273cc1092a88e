import { printable } from "../../printable";
import type { Client } from "../../platforms/client";
import { listDomains, listServices, type LiveService } from "../../platforms/render";
import { read } from "../../platforms/platform";
import { cannotTell, failure, type Finding, notice, orLetItBe } from "../finding";
import type { Named } from "../named";
import { customDomains } from "./custom-domains";

/** The types with a public name: https://render.com/docs/service-types */
const PUBLIC_TYPES: ReadonlySet<string> = new Set(["web_service", "static_site"]);

/** The services of a workspace, previews included, and the public names that they have. */
export async function services(client: Client, owner: string, named: Named): Promise<readonly Finding[]> {
  const all = await listServices(client, owner);
  if (all.kind === "unreadable") {
    return [cannotTell(`render/services/${printable(owner)}`, `the services of workspace ${printable(owner)}`, all)];
  }
  return (await Promise.all(all.value.map((service) => judged(client, service, named)))).flat();
}

async function judged(client: Client, service: LiveService, named: Named): Promise<readonly Finding[]> {
  const isPublic = PUBLIC_TYPES.has(service.type);
  const hosts = named.hostsOf.get(service.id) ?? [];
  if (named.services.has(service.id)) return isPublic ? customDomains(client, service.id, hosts) : [];
  const { id, name, type, suspended, serviceDetails } = service;
  const finding = `render/service/${printable(id)}`;
  const domains = isPublic ? await listDomains(client, id) : read([]);
  const unread =
    domains.kind === "read"
      ? []
      : [cannotTell(`render/custom-domains/${printable(id)}`, `the custom domains of ${printable(id)}`, domains)];
  const others = domains.kind === "read" ? domains.value.map((domain) => domain.name) : [];
  const names = [serviceDetails.url ?? "", ...others].filter((text) => text !== "").map(printable);
  const parent = serviceDetails.parentServer?.id;
  const kind = parent === undefined ? printable(type) : `preview of ${printable(parent)}, a ${printable(type)},`;
  const reached = names.length === 0 ? "" : ` at ${names.join(", ")}`;
  const what = `the ${kind} "${printable(name)}"${reached} is in no environment`;
  if (suspended === "suspended") {
    return [...unread, notice(finding, { what: `${what}; it is suspended`, todo: orLetItBe("delete it") })];
  }
  const todo = parent === undefined ? "delete it, or name it in an environment" : "delete it, or switch previews off";
  return [...unread, failure(finding, { what, todo: orLetItBe(todo) })];
}
