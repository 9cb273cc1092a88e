import type { EdgeRequest } from "./evaluate/edge-request";
import { shownValue } from "./secrecy";

const DEFAULT_PORT = { http: 80, https: 443 } as const;

/**
 * A request as a command that sends it. No command can set its source address or its assumptions, so these stand in a
 * comment.
 *
 * @param via a public host of the edge, to connect to where the request's own Host header is no name
 */
export function curlOf(request: EdgeRequest, via: string): string {
  const { scheme, port, host, target, from, method = "GET", headers = {}, assumed = {} } = request;
  const isName = /^[A-Za-z0-9.-]+$/.test(host);
  const authority = `${isName ? host : via}${port === DEFAULT_PORT[scheme] ? "" : `:${port}`}`;
  const isPlain = PLAIN_TARGET.test(target);
  const words = [
    ...["curl", "-i", "--path-as-is"],
    ...Object.entries(headers).flatMap(([name, values]) => values.flatMap((value) => option(name, value))),
    ...(method === "GET" ? [] : ["-X", quoted(method)]),
    ...(isName && port === DEFAULT_PORT[scheme] ? [] : ["-H", quoted(`Host: ${host}`)]),
    ...(isPlain ? [] : ["--request-target", quoted(target)]),
    quoted(`${scheme}://${authority}${isPlain ? target : "/"}`),
    `# from ${from}${assumptionsIn(assumed)}`,
  ];
  return words.join(" ");
}

/** A header as an option. A value that may be a secret isn't shown. */
function option(name: string, value: string): readonly string[] {
  const shown = shownValue(name, value);
  return name === "user-agent" ? ["-A", quoted(shown)] : ["-H", quoted(`${name}: ${shown}`)];
}

function assumptionsIn(assumed: NonNullable<EdgeRequest["assumed"]>): string {
  const all = Object.entries(assumed).map(([field, value]) => `${field} is ${JSON.stringify(value)}`);
  return all.length === 0 ? "" : `, as long as ${all.join(" and ")}`;
}

/**
 * The targets that curl sends as they stand in a URL. Of the others it cuts off, expands, or refuses some.
 *
 * @see https://curl.se/docs/manpage.html
 */
const PLAIN_TARGET = /^\/(?!\/)[\w.~:/@!$&'()*+,;=%?-]*$/;

/** One word of a POSIX shell, in which characters are escaped that no terminal should be sent. */
function quoted(text: string): string {
  if (/^[\w.:/@%+,=-]+$/.test(text)) return text;
  return isPrintable(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `$'${text.replace(/[^ -~]|['\\]/g, escaped)}'`;
}

const isPrintable = (text: string): boolean => /^[ -~]*$/.test(text);

function escaped(sign: string): string {
  if (sign === "'" || sign === "\\") return `\\${sign}`;
  return [...Buffer.from(sign, "utf8")].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
