import type { EdgePolicy } from "../../../policy/slices";
import type { Client } from "../../platforms/client";
import type { Tenancy } from "../../../policy/environment";

/** A zone with the environments that live in it, and the client that sees it. */
export interface ZoneSubject extends Pick<Tenancy, "zone" | "tenants"> {
  readonly client: Client;
  readonly edge: EdgePolicy;
}
