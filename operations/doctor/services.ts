import { failure, type Finding, judged, together, undecided, unheld } from "../finding";
import { keyValuesOf, plainName, projectsOf } from "../inventory/named";
import type { Client } from "../platforms/client";
import { addressesOf, customDomains, keyValueOf, type LiveService, serviceOf, variablesOf } from "../platforms/render";
import type { Asked } from "../platforms/platform";
import { entitlementOf } from "../platforms/supabase";
import { printable } from "../../errors/one-line";
import { ask, type Dialler } from "../probe/ask";
import { interferenceIn, isApplications, unexpected } from "../probe/check";
import { type Answer, secureRequest } from "../probe/question";
import { type Item, itemsOn, type PlatformItem, type Subject } from "./checklist";

/** The lines about Render. */
export function render({ environment }: Subject): readonly PlatformItem[] {
  const { name, hosts, workers = [], egress, workerEgress } = environment;
  const item = itemsOn("render");
  const sets = [egress, workerEgress?.source].flatMap((source) => (source?.kind === "dedicated" ? [source] : []));
  const origins = Object.entries(hosts);
  const services = [...Object.values(hosts), ...workers].map(({ service }) => service);
  return [
    item(`The services have the types and names that ${name} says`, (client) =>
      together([
        ...origins.map(([host, { service, address }]) => webService(client, host, service, address)),
        ...workers.map(({ service, type }) => worker(client, service, type)),
      ]),
    ),
    item("Render has verified the hosts as custom domains", (client) =>
      together(origins.map(([host, { service }]) => customDomain(client, host, service))),
    ),
    ...(sets.length === 0
      ? []
      : [
          item(`The dedicated addresses are those that ${name} says`, (client) =>
            together(sets.map(({ set, addresses }) => dedicated(client, set, addresses))),
          ),
        ]),
    item("Services, Key Value instances and dedicated addresses are in one region", (client) =>
      regions(name, [
        ...services.map((id) => [id, serviceOf(client, id)] as const),
        ...keyValuesOf(environment).map((id) => [id, keyValueOf(client, id)] as const),
        ...sets.map(({ set }) => [set, addressesOf(client, set)] as const),
      ]),
    ),
  ];
}

function webService(client: Client, host: string, id: string, address: string): Promise<readonly Finding[]> {
  return judged(serviceOf(client, id), ({ type, serviceDetails: { url = "" } }) => {
    const name = URL.canParse(url) ? new URL(url).hostname : address;
    return unheld("render", id, `${id}, the origin of ${host},`, [
      [
        type === "web_service",
        "type",
        `is a ${printable(type)}`,
        "name the web service behind the host: only it has a public name",
      ],
      [
        name === address,
        "address",
        `is ${printable(name)}, and the environment says ${address}`,
        "write the service's own onrender.com name: the DNS record leads there",
      ],
    ]);
  });
}

function worker(client: Client, id: string, type: string): Promise<readonly Finding[]> {
  return judged(serviceOf(client, id), ({ type: live }) => {
    const what = `the worker ${id} is a ${printable(live)}, and the environment says ${type}`;
    const todo = "a service's type can't be changed: name the right one, or make it anew";
    return live === type ? [] : [failure(`render/type/${id}`, what, todo)];
  });
}

function customDomain(client: Client, host: string, service: string): Promise<readonly Finding[]> {
  const id = `render/domain/${host}`;
  return judged(customDomains(client, service), (domains) => {
    const domain = domains.find(({ name }) => plainName(name) === host);
    if (domain === undefined) {
      const what = `${host} is no custom domain of ${service}: Render would answer its requests with 404`;
      return [failure(id, what, "add it in the service's settings and let Render verify it")];
    }
    if (domain.verificationStatus === "verified") return [];
    const what = `Render says that ${host} is ${printable(domain.verificationStatus)}`;
    return [failure(id, what, "verify it in the service's settings while its record isn't proxied")];
  });
}

function dedicated(client: Client, set: string, addresses: readonly string[]): Promise<readonly Finding[]> {
  const asked = addressesOf(client, set);
  const sortedText = (texts: readonly string[]): string => [...texts].sort().join(", ");
  return judged(asked, ({ status, ips }) => {
    if (status !== "RUNNING") {
      return [failure(asked.id, `the set ${set} is ${printable(status)}`, "wait until Render says RUNNING")];
    }
    const [live, said] = [sortedText(ips), sortedText(addresses.map((text) => text.replace(/\/32$/, "")))];
    if (live === said) return [];
    const what = `the set ${set} holds ${printable(live)}, and the environment says ${said}`;
    return [failure(asked.id, what, "write the set's own addresses: databases admit these")];
  });
}

type Placed = Pick<LiveService, "serviceDetails"> | { readonly region?: string | undefined };

/**
 * A private network and a set of dedicated addresses are of one region.
 *
 * @see https://render.com/docs/private-network
 * @see https://render.com/docs/dedicated-ips
 */
async function regions(
  name: string,
  all: readonly (readonly [id: string, asked: Asked<Placed>])[],
): Promise<readonly Finding[]> {
  const places = new Map<string, Set<string>>();
  const unread = await together(
    all.map(([id, asked]) =>
      judged(asked, (placed) => {
        const { region } = "serviceDetails" in placed ? placed.serviceDetails : placed;
        if (region !== undefined) places.set(region, (places.get(region) ?? new Set()).add(id));
        return [];
      }),
    ),
  );
  if (places.size < 2) return unread;
  const where = [...places.keys()]
    .sort()
    .map((region) => `${printable(region)} (${[...(places.get(region) ?? [])].sort().join(", ")})`);
  const what = `${name} is spread over ${where.join(" and ")}: the private network and the egress addresses are of one region`;
  return [...unread, failure(`render/region/${name}`, what, "bring them into one region")];
}

/** The line about the application. No credential is needed to ask it. */
export function application({ environment, dialler }: Subject): Item {
  const origins = Object.entries(environment.hosts);
  return {
    title: "The application refuses requests without the edge's secret",
    look: () => together(origins.map(([host, { address }]) => refusal(host, address, dialler))),
  };
}

const REFUSALS: readonly number[] = [401, 403];

/** Asks an origin by its onrender.com name, past the edge, which adds the secret. */
async function refusal(host: string, address: string, dialler: Dialler): Promise<readonly Finding[]> {
  const [answer] = await ask(secureRequest(address, "/"), dialler);
  return judgeRefusal(answer, `origin/${host}`, address);
}

function judgeRefusal(answer: Answer, id: string, address: string): readonly Finding[] {
  const unknown = (because: string) =>
    undecided(
      id,
      `what the application behind ${address} refuses is unknown: ${because}`,
      "see to it that the application itself answers there, then run this again",
    );
  if (answer.kind !== "response") return [unknown(unexpected(answer).because)];
  const { status, headers } = answer;
  const interference = interferenceIn(answer);
  if (interference !== undefined) return [unknown(interference.because)];
  if (isApplications(headers) && REFUSALS.includes(status)) return [];
  if (isApplications(headers) || status < 400) {
    const what = `${address} answers ${String(status)} to a request without the edge's secret`;
    return [failure(id, what, "make the application refuse it with 401 or 403 (docs/origin.md)")];
  }
  return [unknown(`answered ${String(status)}, and the application doesn't say that it was it`)];
}

/** The line about network restrictions: https://supabase.com/docs/guides/platform/network-restrictions */
export function supabase({ environment }: Subject): PlatformItem {
  const entitled = (client: Client, ref: string): Promise<readonly Finding[]> => {
    const asked = entitlementOf(client, ref);
    return judged(asked, ({ entitlement }) => {
      if (entitlement === "allowed") return [];
      const what = `${ref} may have no network restrictions: its entitlement is ${printable(entitlement)}`;
      return [failure(asked.id, what, "ask Supabase for them, or upgrade the project: DB-1 can't hold without")];
    });
  };
  return itemsOn("supabase")("The projects may have network restrictions", (client) =>
    together(projectsOf(environment).map((ref) => entitled(client, ref))),
  );
}

/** Where Gateway's proxy endpoints are: https://developers.cloudflare.com/cloudflare-one/networks/resolvers-and-proxies/proxy-endpoints/ */
const PROXY = /^https:\/\/[a-z0-9]+\.proxy\.cloudflare-gateway\.com(?::443)?\/?$/;

/** The line about the workers' proxy: only the deploy knows its name. */
export function proxies({ environment: { workers = [] } }: Subject): PlatformItem {
  return itemsOn("render")("The workers go through Gateway's proxy", (client) =>
    together(workers.map(({ service }) => proxied(client, service))),
  );
}

function proxied(client: Client, service: string): Promise<readonly Finding[]> {
  const asked = variablesOf(client, service);
  const todo = "set HTTPS_PROXY to the output worker_proxy of the deploy, and NO_PROXY for its datastores";
  return judged(asked, (variables) => {
    const proxy = variables.find(({ key }) => key === "HTTPS_PROXY")?.value;
    if (proxy === undefined) {
      const what = `${service} has no HTTPS_PROXY of its own; whether a linked group has one isn't looked at`;
      return [undecided(asked.id, what, todo)];
    }
    return PROXY.test(proxy) ? [] : [failure(asked.id, `HTTPS_PROXY of ${service} leads past Gateway`, todo)];
  });
}
