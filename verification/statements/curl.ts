import type { EdgeRequest } from "../evaluate/edge-request";

const DEFAULT_PORT = { http: 80, https: 443 } as const;

/**
 * A request as a command that sends it. Its source address can't be set by a command, so it stands in a comment.
 *
 * @param via a public host of the edge, to connect to where the request's own Host header is no name
 */
export function curlOf({ scheme, port, host, target, from, method = "GET" }: EdgeRequest, via: string): string {
  const isName = /^[A-Za-z0-9.-]+$/.test(host);
  const authority = `${isName ? host : via}${port === DEFAULT_PORT[scheme] ? "" : `:${port}`}`;
  const isPlain = PLAIN_TARGET.test(target);
  const words = [
    ...["curl", "-i", "--path-as-is"],
    ...(method === "GET" ? [] : ["-X", quoted(method)]),
    ...(isName && port === DEFAULT_PORT[scheme] ? [] : ["-H", quoted(`Host: ${host}`)]),
    ...(isPlain ? [] : ["--request-target", quoted(target)]),
    quoted(`${scheme}://${authority}${isPlain ? target : "/"}`),
    `# from ${from}`,
  ];
  return words.join(" ");
}

/**
 * What curl sends as it stands in a URL. Of the others it cuts off, expands, or refuses some.
 *
 * @see https://curl.se/docs/manpage.html
 */
const PLAIN_TARGET = /^\/(?!\/)[\w.~:/@!$&'()*+,;=%?-]*$/;

/** As one word of a POSIX shell, what no terminal should be sent being escaped. */
function quoted(text: string): string {
  if (/^[\w.:/@%+,=-]+$/.test(text)) return text;
  return isPrintable(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `$'${text.replace(/[^ -~]|['\\]/g, escaped)}'`;
}

const isPrintable = (text: string): boolean => /^[ -~]*$/.test(text);

function escaped(sign: string): string {
  if (sign === "'" || sign === "\\") return `\\${sign}`;
  return [...Buffer.from(sign, "utf8")].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
