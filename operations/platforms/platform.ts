import { CERTIFICATE_CHECKS, checksCertificates, isProtected } from "./exchange";

/** A platform's API: where it is, and the variables under which its own Terraform provider documents that. */
export interface Platform {
  readonly name: string;
  /** The variable that holds the credential. */
  readonly credential: string;
  /** The variable that holds another address of the API. */
  readonly endpoint: string;
  readonly endpointByDefault: string;
  /** The root of the API below an address that is safe to use. */
  readonly rootOf: (address: URL) => string;
  /**
   * Finds the words of the error in an answer's body.
   *
   * @default - `message`, as most platforms have it
   */
  readonly refusalIn?: (body: unknown) => Refusal;
  /**
   * Headers beside the credential.
   *
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The words of a platform about a request that it refuses. */
export interface Refusal {
  readonly code?: number | undefined;
  readonly message?: string | undefined;
}

/** The address without a slash at the end. */
export function plainRoot({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}

/** The result of asking a platform. */
export type Reading<T> = { readonly kind: "read"; readonly value: T } | Unreadable;

/** The reason why nothing is known. It holds no secret. */
export interface Unreadable {
  readonly kind: "unreadable";
  /** The event, on one line. */
  readonly what: string;
  /** The thing to do about it. */
  readonly todo: string;
  /** The HTTP status of a refusal. */
  readonly status?: number | undefined;
  /** The platform's own code of the refusal. */
  readonly code?: number | undefined;
  /** The platform's own words. */
  readonly said?: string | undefined;
}

export const read = <T>(value: T): Reading<T> => ({ kind: "read", value });

export const unreadable = (what: string, todo: string, refusal: Partial<Unreadable> = {}): Unreadable => ({
  ...refusal,
  kind: "unreadable",
  what,
  todo,
});

/** The same reading of what follows from its value, where there is one. */
export function mapped<T, R>(reading: Reading<T>, follow: (value: T) => R): Reading<R> {
  return reading.kind === "read" ? read(follow(reading.value)) : reading;
}

/** Something of a platform that is asked for, and judged once it is read. */
export interface Asked<T> {
  /** The id of the finding that it can't be read. */
  readonly id: string;
  /** For example `the DNS records of example.com`. */
  readonly subject: string;
  /** The right that reading it takes. */
  readonly needs?: string;
  readonly reading: Reading<T> | Promise<Reading<T>>;
}

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
