import type { EdgeRequest } from "../../evaluate/edge-request";
import { shownValue } from "../../explain/secrecy";
import { curlOf } from "../../statements/curl";

/**
 * A request with its headers as a command that sends it.
 *
 * @param via a host to connect to where the request names none
 */
export function commandOf(request: EdgeRequest, via: string): string {
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, values]) =>
    values.map((value) => optionFor(name, shownValue(name, value))),
  );
  return [CURL, ...headers, curlOf(request, via).slice(CURL.length + 1)].join(" ");
}

/** How every command begins. */
const CURL = "curl -i --path-as-is";

const optionFor = (name: string, value: string): string =>
  name === "user-agent" ? `-A ${quoted(value)}` : `-H ${quoted(`${name}: ${value}`)}`;

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w.:/@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
