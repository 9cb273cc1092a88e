import type { SecureVersion } from "node:tls";
import { shown } from "../../../errors/invalid-input";
import { Port } from "../../../network/ports";
import type { Hsts } from "../../../policy/edge-options";
import type { Check } from "../check";
import { holds, type Judgement, undecided, unexpected, violated } from "../judgement";
import { isChallenge } from "../marks";
import type { Answer, Question } from "../question";

const YEAR = 31_536_000;

/** What the edge declares of each version of TLS. */
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
export function frontPage(host: string): Question {
  return {
    at: { host, port: Port.HTTPS },
    kind: "http",
    method: "GET",
    target: "/",
    hostHeader: host,
    serverName: host,
  };
}

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
