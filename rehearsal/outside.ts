import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS } from "../network/ports";
import { nameOf } from "../policy/datastore";
import type { Environment } from "../policy/environment";
import { EDGE_SECRET_HEADER } from "../policy/edge-secret";
import type { Destination } from "../verification/edge/ends";
import { trace } from "../verification/edge/evaluate/trace";
import {
  applicationAnswers,
  asksForPassword,
  block,
  edgeAnswers,
  notAdmitted,
  postgres,
  redis,
  REFUSED,
  traceAnswers,
} from "./answers";
import type { CloudflareStandIn } from "./cloudflare/stand-in";
import { settingOf } from "./cloudflare/zone";
import { edgeOf, recordOf, STRANGER, hostsOf } from "./edge";
import { http, https, StandInInternet } from "./internet";
import { openingsOf } from "./openings";
import type { Platforms } from "./platforms";
import type { Json } from "./server";

const RENDER = "216.24.57.1";
const POOLER = { host: "aws-0-eu-central-1.pooler.supabase.com", at: "3.64.1.1" };
const KEY_VALUE = { host: "frankfurt-keyvalue.render.com", at: "3.64.1.2" };

/** The world that a probe sees: it answers as the platforms are told to at the moment of the question. */
export interface Outside {
  readonly internet: StandInInternet;
  /** The shared proxies in front of datastores, by the datastores' ids. */
  readonly proxies: Readonly<Record<string, string>>;
}

export function outsideOf({ cloudflare, platform }: Platforms, environments: readonly Environment[]): Outside {
  const hosts = hostsOf(environments);
  const origins = environments.flatMap((environment) => Object.values(environment.hosts));
  const stores = environments.flatMap(({ datastores = [] }) => datastores);
  const projects = stores.flatMap((store) => (store.kind === "supabase" ? [store.project] : []));
  const direct = projects.map((project) => `db.${project}.supabase.co`);
  const names = [...hosts.keys(), ...origins.map(({ address }) => address), ...direct, POOLER.host, KEY_VALUE.host];
  const internet = StandInInternet.of(...names)
    .name(POOLER.host, POOLER.at)
    .name(KEY_VALUE.host, KEY_VALUE.at);
  const zones = [...new Set([...hosts.values()].map(({ zone }) => zone))];
  for (const [index, id] of zones.entries()) {
    const zone = cloudflare.zone(id);
    const edge = `104.16.1.${index + 1}`;
    const minVersion = settingOf(zone, "min_tls_version") === "1.2" ? "TLSv1.2" : "TLSv1";
    for (const port of CLOUDFLARE_HTTP_PORTS) internet.at(edge, port, http(edgeOn(port, cloudflare, id, false)));
    for (const port of CLOUDFLARE_HTTPS_PORTS)
      internet.at(edge, port, https(edgeOn(port, cloudflare, id, true), { minVersion }));
    for (const [host, of] of hosts) {
      if (of.zone === id && recordOf(zone, host)?.["proxied"] === true) internet.name(host, edge);
    }
  }
  const isAdmitted = (thing: string): boolean => openingsOf(platform).get(thing)?.contains(STRANGER) ?? true;
  for (const { address } of origins) internet.name(address, RENDER);
  const serviceAt = new Map(origins.map(({ address, service }) => [address, service]));
  const isOff = (host: string): boolean => !isAdmitted(`onrender.com of ${serviceAt.get(host) ?? ""}`);
  internet.at(RENDER, 443, https(rendersEdge(isOff)));
  for (const [index, project] of projects.entries()) {
    const at = `3.64.2.${index + 1}`;
    internet.name(`db.${project}.supabase.co`, at);
    if (isAdmitted(`Postgres of ${project}`))
      for (const port of [5432, 6543]) internet.at(at, port, postgres(asksForPassword));
  }
  const pooler = postgres((startup) => {
    const project = projects.find((one) => startup.includes(`postgres.${one}`)) ?? "";
    return isAdmitted(`Postgres of ${project}`) ? asksForPassword() : notAdmitted();
  });
  for (const port of [5432, 6543]) internet.at(POOLER.at, port, pooler);
  internet.at(
    KEY_VALUE.at,
    6379,
    redis((instance) => (isAdmitted(`Redis of ${instance}`) ? "-WRONGPASS invalid username-password pair" : REFUSED)),
  );
  const proxies = stores.map((store) => [nameOf(store), store.kind === "supabase" ? POOLER.host : KEY_VALUE.host]);
  return { internet, proxies: Object.fromEntries(proxies) as Outside["proxies"] };
}

/** Render's edge: a name that is off has no service; the application refuses what lacks the secret. */
export const rendersEdge =
  (isOff: (host: string) => boolean): RequestListener =>
  ({ headers: { host = "" } }, response) => {
    if (!isOff(host)) applicationAnswers(response, 403);
    else edgeAnswers(response, 404, { "rndr-id": "0c0ffee0-c0ff-4c0f", "x-render-routing": "no-server" });
  };

/** Answers on a port as the rules say that the stand-in has now. */
function edgeOn(port: number, cloudflare: CloudflareStandIn, zone: string, isTls: boolean): RequestListener {
  return (request, response) => {
    const { url: target = "/", method = "GET", headers } = request;
    const host = headers.host ?? "";
    const hsts = (settingOf(cloudflare.zone(zone), "security_header") as Json)["strict_transport_security"] as Json;
    if (isTls && hsts["enabled"] === true) response.setHeader("strict-transport-security", hstsOf(hsts));
    if (target === "/cdn-cgi/trace") {
      traceAnswers(response, host, STRANGER);
      return;
    }
    const scheme = isTls ? "https" : "http";
    const asked = { scheme, port, host, target, method, from: STRANGER, headers: headersOf(request) } as const;
    answer(response, trace(edgeOf(cloudflare, zone), asked).destination);
  };
}

function answer(response: ServerResponse, end: Destination): void {
  if (end.kind === "block") block(response);
  else if (end.kind === "redirect") edgeAnswers(response, end.status, { location: end.location });
  else if (end.kind === "undecided") edgeAnswers(response, 500, {}, end.reasons.join("\n"));
  else applicationAnswers(response, (end.headers[EDGE_SECRET_HEADER.toLowerCase()] ?? "") === "" ? 403 : 200);
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, readonly string[]>> {
  const given = Object.entries(headers).filter(([name]) => name !== "host");
  return Object.fromEntries(given.map(([name, value = ""]) => [name, Array.isArray(value) ? value : [value]]));
}

function hstsOf({ max_age: age, include_subdomains: subdomains, preload }: Json): string {
  const more = [...(subdomains === true ? ["includeSubDomains"] : []), ...(preload === true ? ["preload"] : [])];
  return [`max-age=${String(age)}`, ...more].join("; ");
}
