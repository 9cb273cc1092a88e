import { CERTIFICATE_CHECKS, checksCertificates, isProtected } from "../transport";
import type { Platform } from "./platform";
import { type Reading, read, unreadable } from "./reading";

/** Where a platform is asked, and with what. */
export interface Access {
  /** The root of the API, without a slash at the end. */
  readonly root: string;
  readonly credential: string;
}

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The access to a platform that a process has. An address over which a credential must not travel is none. */
export function accessTo(platform: Platform, variables: Variables): Reading<Access> {
  const { name, credential, endpoint, endpointByDefault, rootOf } = platform;
  const value = variables[credential] ?? "";
  if (value === "") return unreadable(`${credential} isn't set`, `set it to a credential of ${name} that may read`);
  // A header that refuses a value shows it.
  if (!/^[\x21-\x7e]+$/.test(value)) {
    const what = `${credential} holds a space, a line break or a character outside ASCII`;
    return unreadable(what, `set it to a credential of ${name}, and nothing else`);
  }
  const address = variables[endpoint] ?? "";
  const fault = faultOf(address === "" ? endpointByDefault : address);
  if (fault !== undefined) {
    return unreadable(`${endpoint} ${fault}`, `unset it for the platform itself (${endpointByDefault})`);
  }
  if (!checksCertificates(variables)) {
    return unreadable(`${CERTIFICATE_CHECKS} turns certificate checks off`, "unset it");
  }
  return read({ root: rootOf(new URL(address === "" ? endpointByDefault : address)), credential: value });
}

function faultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return "isn't an address";
  const url = new URL(text);
  const { username, password, search, hash } = url;
  if (username !== "" || password !== "") return "holds a user name or password";
  if (search !== "" || hash !== "") return "holds a query or fragment";
  return isProtected(url) ? undefined : "is neither https nor a loopback address";
}
