import { failure, type Finding, judged, together, undecided } from "../finding";
import { plainName, projectsOf } from "../inventory/named";
import type { Client } from "../platforms/client";
import {
  listDomains,
  listVariables,
  type LiveService,
  readDedicatedIp,
  readKeyValue,
  readService,
} from "../platforms/render";
import type { Reading } from "../platforms/platform";
import { readEntitlement } from "../platforms/supabase";
import { printable } from "../printable";
import { ask } from "../probe/ask";
import type { Dialler } from "../probe/dialler";
import { interferenceIn, isApplications, unexpected } from "../probe/judgement";
import { type Answer, LIMITS, secureRequest } from "../probe/question";
import type { Item, PlatformItem, Subject } from "./checklist";

/** What has to be so on Render. */
export function render({ environment }: Subject): readonly PlatformItem[] {
  const { name, hosts, workers = [], datastores = [], egress, workerEgress } = environment;
  const keyValues = datastores.flatMap((store) => (store.kind === "render-key-value" ? [store.instance] : []));
  const sets = [egress, workerEgress?.source].flatMap((source) => (source?.kind === "dedicated" ? [source] : []));
  const origins = Object.entries(hosts);
  return [
    {
      title: `The services have the types and names that ${name} says`,
      look: (client) =>
        together([
          ...origins.map(([host, { service, address }]) => webService(client, host, service, address)),
          ...workers.map(({ service, type }) => worker(client, service, type)),
        ]),
    },
    {
      title: "Render has verified the hosts as custom domains",
      look: (client) => together(origins.map(([host, { service }]) => customDomain(client, host, service))),
    },
    ...(sets.length === 0
      ? []
      : [
          {
            title: `The dedicated addresses are those that ${name} says`,
            look: (client: Client) => together(sets.map(({ set, addresses }) => dedicated(client, set, addresses))),
          },
        ]),
    {
      title: "Services, Key Value instances and dedicated addresses are in one region",
      look: (client) =>
        regions(name, [
          ...[...origins.map(([, origin]) => origin), ...workers].map(({ service }) => serviceAsked(client, service)),
          ...keyValues.map((id) => keyValueAsked(client, id)),
          ...sets.map(({ set }) => setAsked(client, set)),
        ]),
    },
  ];
}

const serviceAsked = (client: Client, id: string) => ({
  id: `render/service/${id}`,
  subject: `the service ${id}`,
  reading: readService(client, id),
  place: id,
});

const keyValueAsked = (client: Client, id: string) => ({
  id: `render/key-value/${id}`,
  subject: `the Key Value instance ${id}`,
  reading: readKeyValue(client, id),
  place: id,
});

const setAsked = (client: Client, id: string) => ({
  id: `render/dedicated-addresses/${id}`,
  subject: `the set of addresses ${id}`,
  reading: readDedicatedIp(client, id),
  place: id,
});

function webService(client: Client, host: string, id: string, address: string): Promise<readonly Finding[]> {
  return judged(serviceAsked(client, id), ({ type, serviceDetails: { url = "" } }) => {
    const name = URL.canParse(url) ? new URL(url).hostname : "";
    const isAnother = `${id} is ${printable(name)}, and the environment says ${address}`;
    return [
      ...(type === "web_service"
        ? []
        : [
            failure(
              `render/type/${id}`,
              `${id}, the origin of ${host}, is a ${printable(type)}`,
              "name the web service behind the host: only it has a public name",
            ),
          ]),
      ...(name === "" || name === address
        ? []
        : [
            failure(
              `render/address/${id}`,
              isAnother,
              "write the service's own onrender.com name: the DNS record leads there",
            ),
          ]),
    ];
  });
}

function worker(client: Client, id: string, type: string): Promise<readonly Finding[]> {
  return judged(serviceAsked(client, id), ({ type: live }) => {
    const what = `the worker ${id} is a ${printable(live)}, and the environment says ${type}`;
    const todo = "a service's type can't be changed: name the right one, or make it anew";
    return live === type ? [] : [failure(`render/type/${id}`, what, todo)];
  });
}

function customDomain(client: Client, host: string, id: string): Promise<readonly Finding[]> {
  const finding = `render/domain/${host}`;
  const asked = { id: finding, subject: `the custom domains of ${id}`, reading: listDomains(client, id) };
  return judged(asked, (domains) => {
    const domain = domains.find(({ name }) => plainName(name) === host);
    if (domain === undefined) {
      const what = `${host} is no custom domain of ${id}: Render would answer its requests with 404`;
      return [failure(finding, what, "add it in the service's settings and let Render verify it")];
    }
    if (domain.verificationStatus === "verified") return [];
    const what = `Render says that ${host} is ${printable(domain.verificationStatus)}`;
    return [failure(finding, what, "verify it in the service's settings while its record isn't proxied")];
  });
}

/** What has to be so of the application. No credential is needed to ask. */
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
  const [answer] = await ask(secureRequest(address, "/"), dialler, LIMITS);
  return judgeRefusal(answer, `origin/${host}`, address);
}

function judgeRefusal(answer: Answer, id: string, address: string): readonly Finding[] {
  const unknown = (because: string) =>
    undecided(id, `what the application behind ${address} refuses is unknown: ${because}`, "ask again, or see to it");
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

function dedicated(client: Client, id: string, addresses: readonly string[]): Promise<readonly Finding[]> {
  const asked = setAsked(client, id);
  const sortedText = (texts: readonly string[]): string => [...texts].sort().join(", ");
  return judged(asked, ({ status, ips }) => {
    if (status !== "RUNNING") {
      return [failure(asked.id, `the set ${id} is ${printable(status)}`, "wait until Render says RUNNING")];
    }
    const [live, said] = [sortedText(ips), sortedText(addresses.map((text) => text.replace(/\/32$/, "")))];
    if (live === said) return [];
    const what = `the set ${id} holds ${printable(live)}, and the environment says ${said}`;
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
  all: readonly {
    readonly id: string;
    readonly place: string;
    readonly subject: string;
    reading: Promise<Reading<Placed>>;
  }[],
): Promise<readonly Finding[]> {
  const places = new Map<string, Set<string>>();
  const unread = await together(
    all.map((asked) =>
      judged(asked, (placed) => {
        const region = "serviceDetails" in placed ? placed.serviceDetails.region : placed.region;
        if (region !== undefined) places.set(region, (places.get(region) ?? new Set()).add(asked.place));
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

/** Whether each project may have network restrictions: https://supabase.com/docs/guides/platform/network-restrictions */
export function supabase({ environment }: Subject): readonly PlatformItem[] {
  const entitled = (client: Client, ref: string): Promise<readonly Finding[]> => {
    const asked = {
      id: `supabase/entitlement/${ref}`,
      subject: `the network restrictions of ${ref}`,
      needs: "database_network_restrictions_read",
      reading: readEntitlement(client, ref),
    };
    return judged(asked, ({ entitlement }) => {
      if (entitlement === "allowed") return [];
      const what = `${ref} may have no network restrictions: its entitlement is ${printable(entitlement)}`;
      return [failure(asked.id, what, "ask Supabase for them, or upgrade the project: DB-1 can't hold without")];
    });
  };
  return [
    {
      title: "The projects may have network restrictions",
      look: (client) => together(projectsOf(environment).map((ref) => entitled(client, ref))),
    },
  ];
}

/** Where Gateway's proxy endpoints are: https://developers.cloudflare.com/cloudflare-one/networks/resolvers-and-proxies/proxy-endpoints/ */
const PROXY = /^https:\/\/[a-z0-9]+\.proxy\.cloudflare-gateway\.com(?::443)?\/?$/;

/** Whether the workers go through Gateway's proxy: only the deploy knows its name. */
export function proxies({ environment: { workers = [] } }: Subject): PlatformItem {
  return {
    title: "The workers go through Gateway's proxy",
    look: (client) => together(workers.map(({ service }) => proxied(client, service))),
  };
}

function proxied(client: Client, service: string): Promise<readonly Finding[]> {
  const id = `render/proxy/${service}`;
  const todo = "set HTTPS_PROXY to the output worker_proxy of the deploy, and NO_PROXY for its datastores";
  const asked = { id, subject: `the variables of ${service}`, reading: listVariables(client, service) };
  return judged(asked, (variables) => {
    const proxy = variables.find(({ key }) => key === "HTTPS_PROXY")?.value;
    if (proxy === undefined) {
      const what = `${service} has no HTTPS_PROXY of its own; whether a linked group has one isn't looked at`;
      return [undecided(id, what, todo)];
    }
    return PROXY.test(proxy) ? [] : [failure(id, `HTTPS_PROXY of ${service} leads past Gateway`, todo)];
  });
}
