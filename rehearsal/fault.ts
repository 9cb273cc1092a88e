import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * How a request is answered instead of by the state: what goes wrong between a client and a platform.
 *
 * @param answer the answer of the state, where the request has taken effect
 */
export type Fault = (
  request: IncomingMessage,
  response: ServerResponse,
  answer?: { readonly status: number; readonly body?: unknown },
) => void;

/** An error in the form in which both platforms send one. */
export const status =
  (code: number, message = "refused by the stand-in", headers: Readonly<Record<string, string>> = {}): Fault =>
  (_, response) => {
    response.writeHead(code, { "content-type": "application/json", ...headers }).end(JSON.stringify({ message }));
  };

/** An error that shows the credential, as a careless platform might. */
export const echo =
  (code: number): Fault =>
  (request, response) => {
    status(code, `bad credential ${String(request.headers.authorization)}\n::error::x`)(request, response);
  };

/** A connection that ends without an answer. */
export const reset: Fault = (request) => {
  request.socket.resetAndDestroy();
};

/** An answer that never comes. */
export const hang: Fault = () => undefined;

/** An answer whose end is missing although the connection ended well. */
export const truncated: Fault = (_, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end('{"id":"srv-');
};

/** The first half of the state's answer, where the connection ends well. */
export const halved: Fault = (_, response, { status: code, body = "" } = { status: 200 }) => {
  const text = JSON.stringify(body);
  response.writeHead(code, { "content-type": "application/json" }).end(text.slice(0, text.length / 2));
};

/** An answer that is cut in the middle by the end of the connection. */
export const cut: Fault = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
  response.write('{"id":');
  setTimeout(() => response.destroy(), 20);
};

/** A well-formed answer of another form. */
export const json =
  (body: unknown): Fault =>
  (_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };

/** An answer that sends the client elsewhere. */
export const redirect =
  (location: string): Fault =>
  (_, response) => {
    response.writeHead(302, { location }).end();
  };

/** An answer that doesn't end. */
export const endless: Fault = (_, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const chunk = " ".repeat(1024 * 1024);
  const more = (): void => {
    if (!response.destroyed) response.write(chunk, () => setImmediate(more));
  };
  more();
};
