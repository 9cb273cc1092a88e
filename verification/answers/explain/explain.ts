import type { App } from "../app";
import { edgesOf, targetsOf } from "./basis-of";
import { connectionExplained, type ConnectionOptions } from "./connection";
import type { ConnectionExplanation, RequestExplanation } from "./explanation";
import type { RequestOptions } from "./question";
import { requestExplained } from "./request";

/**
 * Explains where a request ends, and why.
 *
 * @throws {InvalidInput} where the question is none, or no environment has the host
 */
export function explainRequest(app: App, options: RequestOptions): RequestExplanation {
  return requestExplained(edgesOf(app), options);
}

/**
 * Explains who may connect to what is not HTTP, and what decides it.
 *
 * @throws {InvalidInput} where the question is none, or there is nothing of that kind
 */
export function explainConnection(app: App, options: ConnectionOptions): ConnectionExplanation {
  return connectionExplained(targetsOf(app, [options.to]), options);
}
