import { shown } from "../../../errors/invalid-input";
import { AddressSet } from "../../../network/address-set";
import { CLOUDFLARE_HTTPS_PORTS, CLOUDFLARE_PROXIED_PORTS, Port } from "../../../network/ports";
import type { Hsts } from "../../../policy/edge-options";
import type { Webhook } from "../../../policy/webhook";
import {
  type Check,
  holds,
  interferenceIn,
  isChallenge,
  isCloudflares,
  judgeBlock,
  type Judgement,
  undecided,
  unexpected,
  violated,
} from "../check";
import { type Answer, type HttpQuestion, type Question, secureRequest } from "../question";
import type { SecureVersion } from "node:tls";

const YEAR = 31_536_000;

/** The versions of TLS, and whether the edge speaks them by its declaration. */
const VERSIONS: readonly (readonly [SecureVersion, boolean])[] = [
  ["TLSv1", false],
  ["TLSv1.1", false],
  ["TLSv1.2", true],
  ["TLSv1.3", true],
];

/**
 * The alerts by which a server says that it doesn't speak a version.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5246#section-7.2.2
 */
const NOT_SPOKEN: readonly string[] = ["protocol version", "handshake failure"];

/** PORTS-1: 443 speaks HTTPS, with the versions of TLS and the HSTS that are declared. */
export function httpsChecks(host: string, hsts: Hsts = {}): readonly Check[] {
  const header = headerOf(hsts);
  return [
    ...VERSIONS.map(([version, isSpoken]) => versionCheck(host, version, isSpoken)),
    {
      statements: ["PORTS-1"],
      expects: `https://${host} answers with HSTS ${shown(header)}`,
      question: frontPage(host),
      judge: (answer) => judgeHsts(answer, header),
    },
  ];
}

/** The question that every host is asked first. */
export const frontPage = (host: string): Question => secureRequest(host, "/");

function versionCheck(host: string, version: SecureVersion, isSpoken: boolean): Check {
  return {
    statements: ["PORTS-1"],
    expects: `https://${host} ${isSpoken ? "speaks" : "doesn't speak"} ${version}`,
    question: { at: { host, port: Port.HTTPS }, kind: "handshake", serverName: host, version },
    judge: isSpoken ? judgeSpoken : judgeNotSpoken,
  };
}

function judgeSpoken(answer: Answer): Judgement {
  if (answer.kind === "declined") return violated(`the handshake is declined: ${answer.alert}`);
  if (answer.kind !== "secured") return unexpected(answer);
  const { version, distrust } = answer;
  return distrust === undefined ? holds(`secured by ${version}`) : undecided(`no valid certificate: ${distrust}`);
}

function judgeNotSpoken(answer: Answer): Judgement {
  if (answer.kind === "secured") return violated(`secured by ${answer.version}`);
  return answer.kind === "declined" && NOT_SPOKEN.includes(answer.alert)
    ? holds(`the handshake is declined: ${answer.alert}`)
    : unexpected(answer);
}

function judgeHsts(answer: Answer, header: string): Judgement {
  if (answer.kind !== "response") return unexpected(answer);
  const got = answer.headers["strict-transport-security"];
  const seen = `answered ${answer.status} with HSTS ${shown(got)}`;
  if (isChallenge(answer.headers)) return undecided("a challenge stands before the host");
  return got !== undefined && directives(got) === directives(header) ? holds(seen) : violated(seen);
}

/** The header that Cloudflare makes of the declaration: https://www.rfc-editor.org/rfc/rfc6797#section-6.1 */
function headerOf({ maxAge = YEAR, includeSubDomains = false, preload = false }: Hsts): string {
  return [
    `max-age=${maxAge}`,
    ...(includeSubDomains ? ["includeSubDomains"] : []),
    ...(preload ? ["preload"] : []),
  ].join("; ");
}

/** Directives have no order and no case. */
function directives(header: string): string {
  return header
    .toLowerCase()
    .split(";")
    .map((directive) => directive.trim().replaceAll('"', ""))
    .filter((directive) => directive !== "")
    .sort()
    .join(";");
}

/** A target that no application knows: path and query have to come back as they are. */
const TARGET = "/probe/port-80?kept=1";

const PERMANENT: readonly number[] = [301, 308];
const REDIRECTS: readonly number[] = [...PERMANENT, 302, 303, 307];

/** PORTS-2: 80 redirects to the same host, path and query on 443, whatever is asked of it. */
export function redirectChecks(host: string): readonly Check[] {
  const location = `https://${host}${TARGET}`;
  const asked = { kind: "http", method: "GET", target: TARGET, hostHeader: host } as const;
  return [
    check(host, `redirects for good to ${location}`, asked, (answer) => judgeRedirect(answer, location)),
    check(host, "only redirects or blocks a POST", { ...asked, method: "POST" }, (answer) =>
      judgeNothingElse(answer, host),
    ),
    check(host, `only redirects or blocks ${host}:80`, { ...asked, hostHeader: `${host}:80` }, (answer) =>
      judgeNothingElse(answer, host),
    ),
  ];
}

function check(host: string, expects: string, asked: HttpQuestion, judge: Check["judge"]): Check {
  const at = { host, port: Port.HTTP };
  return { statements: ["PORTS-2"], expects: `http://${host} ${expects}`, question: { at, ...asked }, judge };
}

function judgeRedirect(answer: Answer, location: string): Judgement {
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  const got = `answered ${status}${headers.location === undefined ? "" : ` to ${shown(headers.location)}`}`;
  if (!isCloudflares(headers)) return undecided(`${got} by somebody who doesn't say that it is the edge`);
  if (PERMANENT.includes(status) && headers.location === location) return holds(got);
  return interferenceIn(answer) ?? violated(got);
}

function judgeNothingElse(answer: Answer, host: string): Judgement {
  if (answer.kind !== "response" || !REDIRECTS.includes(answer.status)) return judgeBlock(answer);
  const { status, headers } = answer;
  const got = `answered ${status} to ${shown(headers.location)}`;
  if (!isCloudflares(headers)) return undecided(`${got} by somebody who doesn't say that it is the edge`);
  const url = URL.canParse(headers.location ?? "") ? new URL(headers.location ?? "") : undefined;
  return url?.protocol === "https:" && url.host === host ? holds(got) : violated(got);
}

const OPEN: readonly number[] = [Port.HTTP, Port.HTTPS];

/** PORTS-1: the other ports on which the proxy accepts connections serve nothing. */
export function otherPortChecks(host: string): readonly Check[] {
  return CLOUDFLARE_PROXIED_PORTS.filter((port) => !OPEN.includes(port)).map((port) => {
    const isSecure = CLOUDFLARE_HTTPS_PORTS.includes(port);
    return {
      statements: ["PORTS-1"],
      expects: `${isSecure ? "https" : "http"}://${host}:${port} is blocked`,
      question: {
        at: { host, port },
        kind: "http",
        method: "GET",
        target: "/",
        hostHeader: `${host}:${port}`,
        ...(isSecure ? { serverName: host } : {}),
      },
      judge: judgeBlock,
      blockedBy: host,
    };
  });
}

/** The last slash that isn't the first: what separates a path's segments. */
const INNER_SLASH = /(?<=.)\/(?=[^/]*$)/;
/** The last letter. */
const LETTER = /[a-z](?=[^a-z]*$)/;

/**
 * Ways to write a path that lead, or could be taken to lead, to the same handler: escapes, which the origin decodes
 * once; what URL normalisation removes; case; a path parameter; and a hash, at which some servers cut.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 */
const SPELLINGS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => path.replace(INNER_SLASH, "%2F"),
  (path) => path.replace(INNER_SLASH, "%2f"),
  (path) => path.replace(INNER_SLASH, "%252F"),
  (path) => path.replace(LETTER, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(LETTER, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
  (path) => path.toUpperCase(),
  (path) => `/${path}`,
  (path) => path.replace(INNER_SLASH, "//"),
  (path) => path.replace(INNER_SLASH, "/./"),
  (path) => `/probe/..${path}`,
  (path) => path.replace(INNER_SLASH, "\\"),
  (path) => `${path};x`,
  (path) => `${path}#x`,
  (path) => `${path}?x=1`,
];

/** The spellings of a path, each once: a path of one segment has no inner slash. */
export function spellingsOf(path: string): readonly string[] {
  return [...new Set(SPELLINGS.map((spelling) => spelling(path)))];
}

/** HOOK-1: a webhook is blocked for everybody but its sender, however its path is written. */
export function webhookChecks(host: string, { path, sender }: Webhook): readonly Check[] {
  const admitted = AddressSet.of(`the addresses of ${sender.name}`, sender.addresses);
  const gets = spellingsOf(path).map((target) => ({ method: "GET", target }) as const);
  return [...gets, { method: "POST", target: path } as const].map(({ method, target }) => ({
    statements: ["HOOK-1"],
    expects: `${method} https://${host}${target} is blocked`,
    question: secureRequest(host, target, { method }),
    judge: (answer) => (answer.kind === "declined" ? unexpected(answer) : judgeBlock(answer)),
    admitted,
    blockedBy: host,
  }));
}
