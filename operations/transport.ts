import { parseAddress } from "../network/address";
import { SpecialAddresses } from "../network/special-addresses";

/** Whether nobody on the way can change what is sent, or read it: over https, or to this machine itself. */
export function isProtected({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** A name such as `localhost` can point elsewhere. */
function isLoopback(hostname: string): boolean {
  const address = parseAddress(hostname.replace(/^\[|\]$/g, ""));
  return address !== undefined && SpecialAddresses.LOOPBACK.contains(address);
}

/**
 * The variable by which a process believes any certificate, so that https protects nothing.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/cli.html#node_tls_reject_unauthorizedvalue
 */
export const CERTIFICATE_CHECKS = "NODE_TLS_REJECT_UNAUTHORIZED";

/** Whether a process with these variables checks certificates. */
export function checksCertificates(variables: Readonly<Record<string, string | undefined>>): boolean {
  return variables[CERTIFICATE_CHECKS] !== "0";
}
