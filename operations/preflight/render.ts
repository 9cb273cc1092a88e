import type { Environment } from "../../policy/environment";
import { printable } from "../printable";
import { cannotTell, failure, type Finding } from "../inventory/finding";
import type { Client } from "../platforms/client";
import { plainName } from "../inventory/named";
import type { Reading } from "../platforms/platform";
import { listDomains, type LiveService, readDedicatedIp, readKeyValue, readService } from "../platforms/render";

/** Where something of an environment is. */
interface Place {
  readonly id: string;
  readonly region: string;
}

/** What Render's part of a check comes to. */
interface Seen {
  readonly findings: readonly Finding[];
  readonly places: readonly Place[];
}

/** The services, their types and domains, and that everything of the environment is in one region. */
export async function renderPreflight(client: Client, environment: Environment): Promise<readonly Finding[]> {
  const { hosts, workers = [], datastores = [], egress, workerEgress } = environment;
  const keyValues = datastores.flatMap((store) => (store.kind === "render-key-value" ? [store.instance] : []));
  const sets = [egress, workerEgress?.source].flatMap((source) => (source?.kind === "dedicated" ? [source] : []));
  const seen = await Promise.all([
    ...Object.entries(hosts).map(([host, { service, address }]) => webService(client, host, service, address)),
    ...workers.map(({ service, type }) => worker(client, service, type)),
    ...keyValues.map((id) => keyValue(client, id)),
    ...sets.map(({ set, addresses }) => dedicated(client, set, addresses)),
  ]);
  return [
    ...seen.flatMap(({ findings }) => findings),
    ...regions(
      environment.name,
      seen.flatMap(({ places }) => places),
    ),
  ];
}

async function webService(client: Client, host: string, id: string, address: string): Promise<Seen> {
  const service = await readService(client, id);
  if (service.kind === "unreadable") return unseen(`render/service/${id}`, `the service ${id}`, service);
  const { type, serviceDetails } = service.value;
  const name = URL.canParse(serviceDetails.url ?? "") ? new URL(serviceDetails.url ?? "").hostname : "";
  return {
    places: placeOf(service.value),
    findings: [
      ...(type === "web_service"
        ? []
        : [
            failure(`render/type/${id}`, {
              what: `${id}, the origin of ${host}, is a ${printable(type)}`,
              todo: "name the web service behind the host: only it has a public name",
            }),
          ]),
      ...(name === "" || name === address
        ? []
        : [
            failure(`render/address/${id}`, {
              what: `${id} is ${printable(name)}, and the environment says ${address}`,
              todo: "write the service's own onrender.com name: the DNS record leads there",
            }),
          ]),
      ...(await customDomain(client, host, id)),
    ],
  };
}

async function customDomain(client: Client, host: string, id: string): Promise<readonly Finding[]> {
  const finding = `render/domain/${host}`;
  const domains = await listDomains(client, id);
  if (domains.kind === "unreadable") return [cannotTell(finding, `the custom domains of ${id}`, domains)];
  const domain = domains.value.find(({ name }) => plainName(name) === host);
  if (domain === undefined) {
    const what = `${host} is no custom domain of ${id}: Render would answer its requests with 404`;
    return [failure(finding, { what, todo: "add it in the service's settings and let Render verify it" })];
  }
  if (domain.verificationStatus === "verified") return [];
  const what = `Render says that ${host} is ${printable(domain.verificationStatus)}`;
  return [failure(finding, { what, todo: "verify it in the service's settings while its record isn't proxied" })];
}

async function worker(client: Client, id: string, type: string): Promise<Seen> {
  const service = await readService(client, id);
  if (service.kind === "unreadable") return unseen(`render/service/${id}`, `the service ${id}`, service);
  const { type: live } = service.value;
  const what = `the worker ${id} is a ${printable(live)}, and the environment says ${type}`;
  const todo = "a service's type can't be changed: name the right one, or make it anew";
  return {
    places: placeOf(service.value),
    findings: live === type ? [] : [failure(`render/type/${id}`, { what, todo })],
  };
}

async function keyValue(client: Client, id: string): Promise<Seen> {
  const store = await readKeyValue(client, id);
  if (store.kind === "unreadable") return unseen(`render/key-value/${id}`, `the Key Value instance ${id}`, store);
  return { places: placesOf(id, store.value.region), findings: [] };
}

async function dedicated(client: Client, id: string, addresses: readonly string[]): Promise<Seen> {
  const set = await readDedicatedIp(client, id);
  const finding = `render/dedicated-addresses/${id}`;
  if (set.kind === "unreadable") return unseen(finding, `the set of addresses ${id}`, set);
  const { status, ips, region } = set.value;
  const places = placesOf(id, region);
  if (status !== "RUNNING") {
    const what = `the set ${id} is ${printable(status)}`;
    return { places, findings: [failure(finding, { what, todo: "wait until Render says RUNNING" })] };
  }
  const [live, said] = [
    [...ips].sort().join(", "),
    addresses
      .map((text) => text.replace(/\/32$/, ""))
      .sort()
      .join(", "),
  ];
  if (live === said) return { places, findings: [] };
  const what = `the set ${id} holds ${printable(live)}, and the environment says ${said}`;
  return {
    places,
    findings: [failure(finding, { what, todo: "write the set's own addresses: databases admit these" })],
  };
}

/**
 * A private network and a set of dedicated addresses are of one region.
 *
 * @see https://render.com/docs/private-network
 * @see https://render.com/docs/dedicated-ips
 */
function regions(name: string, places: readonly Place[]): readonly Finding[] {
  const all = [...new Set(places.map(({ region }) => region))].sort();
  if (all.length < 2) return [];
  const where = all.map((region) => {
    const ids = new Set(places.filter((place) => place.region === region).map(({ id }) => id));
    return `${printable(region)} (${[...ids].sort().join(", ")})`;
  });
  const what = `${name} is spread over ${where.join(" and ")}: the private network and the egress addresses are of one region`;
  return [failure(`render/region/${name}`, { what, todo: "bring them into one region" })];
}

function unseen(id: string, subject: string, reading: Reading<never>): Seen {
  return { places: [], findings: reading.kind === "read" ? [] : [cannotTell(id, subject, reading)] };
}

function placeOf({ id, serviceDetails: { region } }: LiveService): readonly Place[] {
  return placesOf(id, region);
}

function placesOf(id: string, region: string | undefined): readonly Place[] {
  return region === undefined ? [] : [{ id, region }];
}
