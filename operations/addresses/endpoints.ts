import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import { CERTIFICATE_CHECKS, checksCertificates, isProtected } from "../transport";

/** A whois server. */
export interface WhoisServer {
  /** A host name or an IPv4 address. */
  readonly host: string;
  /** From 1 to 65535. */
  readonly port: number;
}

/** Who is asked. */
export interface Endpoints {
  /** Which route objects are registered. */
  readonly whois: WhoisServer;
  /** Which prefixes an autonomous system announces: a URL in which `{asn}` is its number. */
  readonly announced: string;
  /** Which addresses Cloudflare's edge has: a URL. */
  readonly cloudflare: string;
}

/** Endpoints as they are written. */
export type WrittenEndpoints = Readonly<Partial<Record<keyof Endpoints, string>>>;

/**
 * The services themselves.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview the whois server
 * @see https://github.com/ipverse/as-ip-blocks#how-to-use
 * @see https://developers.cloudflare.com/api/resources/ips
 */
export const DEFAULT_ENDPOINTS: Endpoints = {
  whois: { host: "whois.radb.net", port: 43 },
  announced: "https://raw.githubusercontent.com/ipverse/as-ip-blocks/master/as/{asn}/aggregated.json",
  cloudflare: "https://api.cloudflare.com/client/v4/ips",
};

const WHOIS = /^([a-z\d](?:[a-z\d.-]*[a-z\d])?)(?::([1-9]\d{0,4}))?$/i;
const WHOIS_PORT = 43;
const LAST_PORT = 65535;

/**
 * Reads endpoints; those that aren't written are the services themselves.
 *
 * @param variables of the process that asks
 * @throws InvalidInput when one isn't `host:port` or an https URL without user name, plain http being for loopback addresses
 *   alone; or when the process checks no certificates
 */
export function readEndpoints(
  { whois, announced, cloudflare }: WrittenEndpoints,
  variables: Readonly<Record<string, string | undefined>>,
): Endpoints {
  const server = whois === undefined ? DEFAULT_ENDPOINTS.whois : readWhois(whois);
  const endpoints = {
    announced: announced ?? DEFAULT_ENDPOINTS.announced,
    cloudflare: cloudflare ?? DEFAULT_ENDPOINTS.cloudflare,
  };
  InvalidInput.throwIfAny("the list of endpoints", [
    ...(server === undefined ? [problem("whois", whois, "host or host:port, such as whois.radb.net:43")] : []),
    ...Object.entries(endpoints)
      .filter(([, url]) => !isSafe(url))
      .map(([at, url]) => problem(at, url, "an https URL without user name; plain http only of a loopback address")),
    ...(checksCertificates(variables)
      ? []
      : [
          problem(
            CERTIFICATE_CHECKS,
            variables[CERTIFICATE_CHECKS],
            "nothing: unset it, so that certificates are checked",
          ),
        ]),
  ]);
  return { whois: server ?? DEFAULT_ENDPOINTS.whois, ...endpoints };
}

function readWhois(text: string): WhoisServer | undefined {
  const [, host, port = String(WHOIS_PORT)] = WHOIS.exec(text) ?? [];
  return host === undefined || Number(port) > LAST_PORT ? undefined : { host, port: Number(port) };
}

function problem(at: string, got: unknown, allowed: string): Problem {
  return { at, got: shown(got), allowed };
}

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username === "" && url.password === "" && isProtected(url);
}
