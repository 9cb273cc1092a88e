import { normalisePath } from "./normalise-path";
import { completeRequest } from "./complete-request";
import { Request } from "./request";

/** A request as a client sends it to the edge. */
export interface EdgeRequest {
  readonly scheme: "http" | "https";
  readonly port: number;
  /** The Host header as sent. */
  readonly host: string;
  /** The path as sent, before any normalisation, with `?` and the query where there is one. */
  readonly target: string;
  /** The client's address. */
  readonly from: string;
  /** @default "GET" */
  readonly method?: string;
  /**
   * Further headers by their names in lower case.
   *
   * @default - none
   */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
}

/** The request as the rules see it. */
export function asRulesSee(request: EdgeRequest, normalised: boolean): Request {
  const { scheme, port, host, from, method = "GET", headers = {} } = request;
  const [path, query] = splitTarget(request.target);
  return completeRequest(
    Request.of({
      ssl: scheme === "https",
      "cf.edge.server_port": port,
      "http.host": host,
      "http.request.method": method,
      "http.request.uri.path": normalised ? normalisePath(path) : path,
      "raw.http.request.uri.path": path,
      "http.request.uri.query": query,
      "http.request.headers": { ...headers, host: [host] },
      "ip.src": from,
    }),
  );
}

/** The path and the query of a request target. */
function splitTarget(target: string): readonly [path: string, query: string] {
  const at = target.indexOf("?");
  return at === -1 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
}
