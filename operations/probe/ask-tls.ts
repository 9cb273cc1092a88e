import type { Socket } from "node:net";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import type { HandshakeQuestion, Reply } from "./question";

/**
 * OpenSSL 3 offers TLS 1.0 and 1.1 at security level 0 only.
 *
 * @see https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/
 */
const OLD = "DEFAULT@SECLEVEL=0";

/**
 * An alert of the other side, against what OpenSSL finds by itself: ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION and its like.
 *
 * @see https://github.com/openssl/openssl/blob/openssl-3.0/include/openssl/sslerr.h
 */
const ALERT = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?/;

/** The other side chose a version that wasn't offered. */
const ANOTHER_VERSION = "ERR_SSL_UNSUPPORTED_PROTOCOL";

/** OpenSSL was told to offer what it can't: nothing was sent. */
const NOTHING_TO_OFFER: ReadonlySet<string | undefined> = new Set([
  "ERR_SSL_NO_PROTOCOLS_AVAILABLE",
  "ERR_SSL_NO_CIPHERS_AVAILABLE",
]);

/** Secures a connection. Whether the certificate vouches for the name is in what it returns. */
export function secure(
  socket: Socket,
  servername: string,
  options: Pick<ConnectionOptions, "minVersion" | "maxVersion" | "ciphers" | "ca" | "ALPNProtocols"> = {},
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({ socket, servername, rejectUnauthorized: false, ...options });
    secured.once("secureConnect", () => {
      secured.off("error", reject).on("error", () => undefined);
      resolve(secured);
    });
    secured.once("error", reject);
    secured.once("close", () => {
      reject(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    });
  });
}

/** Why the certificate doesn't vouch for the name, if it doesn't. */
export function distrustOf({ authorized, authorizationError }: TLSSocket): string | undefined {
  if (authorized) return undefined;
  const error: unknown = authorizationError;
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}

/** Offers one version of TLS and sees what becomes of it. */
export async function askHandshake(
  socket: Socket,
  { serverName, version }: HandshakeQuestion,
  ca: string | undefined,
): Promise<Reply> {
  try {
    const options = { minVersion: version, maxVersion: version, ciphers: OLD, ...(ca === undefined ? {} : { ca }) };
    const secured = await secure(socket, serverName, options);
    return { kind: "secured", version: secured.getProtocol() ?? "unknown", distrust: distrustOf(secured) };
  } catch (error) {
    return declined(error) ?? incapable(error, version);
  }
}

/** The answer where the other side ended the handshake by an alert. */
export function declined(error: unknown): Reply | undefined {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === ANOTHER_VERSION) return { kind: "declined", alert: "protocol version" };
  return ALERT.test(code)
    ? { kind: "declined", alert: code.replace(ALERT, "").toLowerCase().replaceAll("_", " ") }
    : undefined;
}

function incapable(error: unknown, version: string): Reply {
  if (!NOTHING_TO_OFFER.has((error as NodeJS.ErrnoException).code)) throw error;
  return { kind: "unclear", reason: `the OpenSSL of this Node can't offer ${version}` };
}
