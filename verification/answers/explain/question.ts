import { InvalidInput, type Problem, shown } from "../../../errors/invalid-input";
import { didYouMean, nearest, notListed } from "../../../errors/nearest";
import { groupedBy } from "../../collections";
import type { EdgeRequest } from "../../edge/evaluate/edge-request";
import { problemsWithFrom } from "./named-sets";

/**
 * The environment of a name.
 *
 * @throws {InvalidInput} where there is none of that name
 */
export function named<T extends { readonly environment: string }>(all: readonly T[], environment: string): T {
  const found = all.find((each) => each.environment === environment);
  if (found !== undefined) return found;
  const known = all.map((each) => each.environment);
  throw new InvalidInput("the question", [notListed("--environment", environment, known)]);
}

/**
 * The environment whose edge a request meets.
 *
 * @param server the host that the client connects to
 * @param environment the environment that was named, if one was
 * @throws {InvalidInput} where none or several have the host and none is named, naming the hosts that there are
 */
export function edgeFor<T extends { readonly environment: string; readonly hosts: readonly string[] }>(
  edges: readonly T[],
  server: string,
  environment?: string,
): T {
  if (environment !== undefined) return named(edges, environment);
  const [edge, second] = edges.filter(({ hosts }) => hosts.includes(server));
  if (edge !== undefined && second === undefined) return edge;
  const isUnknown = edge === undefined;
  const near = didYouMean(
    isUnknown
      ? nearest(
          server,
          edges.flatMap(({ hosts }) => hosts),
        )
      : undefined,
  );
  throw new InvalidInput("the question", [
    {
      at: "<url>",
      got: `the host ${shown(server)}, which ${isUnknown ? "no environment has" : "several environments have"}`,
      allowed: edges.map((each) => `${each.hosts.join(", ")} (${each.environment})`).join(", "),
      change: isUnknown
        ? "name one of these, or say by --environment whose edge the request is sent to"
        : "say by --environment which is meant",
      ...near,
    },
  ]);
}

/** A question about a request, as it is typed. */
export interface RequestOptions {
  readonly url: string;
  /** @default - an address that no name is known for */
  readonly from?: string | undefined;
  /** @default "GET" */
  readonly method?: string | undefined;
  /** Headers, each as `Name: value`. `Host` replaces the URL's. @default - none */
  readonly headers?: readonly string[] | undefined;
  /** The environment whose edge the request meets. @default - the one that has the URL's host */
  readonly environment?: string | undefined;
}

/** A request that is asked about. */
export interface RequestQuestion {
  readonly url: string;
  /** The host that is connected to: in lower case, without a port or a final dot. */
  readonly server: string;
  readonly request: Omit<EdgeRequest, "from">;
  readonly from: string | undefined;
  readonly notes: readonly string[];
}

const DEFAULT_PORT = { http: 80, https: 443 } as const;
const URL_FORM = /^(https?):\/\/([^/?#\\]+)([^#]*)(#.*)?$/i;
const AUTHORITY = /^([^:@[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i;
/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** White space and what no client sends, which a terminal may take for a command. */
const UNSENDABLE = /[\s\p{Cc}\p{Cs}]/u;

/**
 * Reads a question about a request. The path stays as it is typed, as a client that alters nothing would send it.
 *
 * @throws {InvalidInput} naming every problem
 */
export function questionOf(options: RequestOptions): RequestQuestion {
  const { url, from, method = "GET", headers = [] } = options;
  const problems: Problem[] = [];
  const read = urlOf(url, problems);
  const fields = headers.map((header) => headerOf(header, problems));
  problems.push(...problemsWithFrom(from));
  if (!TOKEN.test(method)) problems.push({ at: "--method", got: shown(method), allowed: "a method such as POST" });
  InvalidInput.throwIfAny("the question", problems);
  const hosts = fields.filter(([name]) => name === "host").map(([, value]) => value);
  const { scheme, port, authority, target, server, notes } = read;
  return {
    url,
    server,
    request: {
      ...{ scheme, port, target, method },
      host: hosts[0] ?? authority,
      headers: grouped(fields.filter(([name]) => name !== "host")),
    },
    from,
    notes,
  };
}

type ReadUrl = Pick<EdgeRequest, "scheme" | "port" | "target"> & {
  readonly server: string;
  /** As the Host header has it: with the port where it isn't the scheme's own. */
  readonly authority: string;
  readonly notes: readonly string[];
};

const NO_URL: ReadUrl = { scheme: "https", port: 443, target: "/", server: "", authority: "", notes: [] };

function urlOf(url: string, problems: Problem[]): ReadUrl {
  const allowed = "a URL such as https://app.example.com/path, with white space and control characters percent-encoded";
  const [, protocol = "", authority = "", rest = "", fragment] = UNSENDABLE.test(url) ? [] : (URL_FORM.exec(url) ?? []);
  if (authority.includes("@")) {
    problems.push({ at: "<url>", got: "a URL with a user name", allowed: "one without user name and password" });
    return NO_URL;
  }
  const scheme = protocol.toLowerCase() === "http" ? "http" : "https";
  const [, name = "", digits] = AUTHORITY.exec(authority) ?? [];
  const port = digits === undefined ? DEFAULT_PORT[scheme] : Number(digits);
  if (name === "" || port < 1 || port > 65_535) {
    const change = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+(?:[/:?]|$)/i.test(url)
      ? { change: `write ${shown(`https://${url}`)}` }
      : {};
    problems.push({ at: "<url>", got: shown(url), allowed, ...change });
    return NO_URL;
  }
  return {
    scheme,
    port,
    target: rest.startsWith("/") ? rest : `/${rest}`,
    server: name.toLowerCase().replace(/\.$/, ""),
    authority: port === DEFAULT_PORT[scheme] ? name : `${name}:${port}`,
    notes: fragment === undefined ? [] : [`clients don't send ${fragment}; a # that is sent is written %23`],
  };
}

type Header = readonly [name: string, value: string];

function headerOf(header: string, problems: Problem[]): Header {
  const at = header.indexOf(":");
  const name = header.slice(0, Math.max(at, 0));
  const value = header.slice(at + 1).trim();
  if (!TOKEN.test(name) || /[\p{Cc}\p{Cs}]/u.test(value)) {
    // A header may be a secret, so what was got isn't shown.
    problems.push({ at: "--header", got: "a text without a name and a colon", allowed: '"Name: value", in one line' });
  }
  return [name.toLowerCase(), value];
}

function grouped(headers: readonly Header[]): Readonly<Record<string, readonly string[]>> {
  const groups = groupedBy(headers, ([name]) => name);
  return Object.fromEntries([...groups].map(([name, own]) => [name, own.map(([, value]) => value)]));
}
