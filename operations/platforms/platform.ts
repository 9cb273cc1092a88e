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
   * What the error in an answer's body says.
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

/** What a platform says about a request that it refuses. */
export interface Refusal {
  readonly code?: number | undefined;
  readonly message?: string | undefined;
}

/** The address without a slash at the end. */
export function plainRoot({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
