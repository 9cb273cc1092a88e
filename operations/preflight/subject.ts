import type { Environment, Tenancy } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import type { Variables, Reading } from "../platforms/platform";
import type { Clients } from "../platforms/clients";
import type { Synthesized } from "./synthesized";

/** What a preflight looks at, and with what. */
export interface Subject {
  readonly policy: Policy;
  readonly environment: Environment;
  /** All environments of the app. */
  readonly environments: readonly Environment[];
  /** The zone that the environment owns, with its tenants. */
  readonly tenancy: Tenancy | undefined;
  readonly clients: Clients;
  readonly variables: Variables;
  readonly synthesized: Reading<Synthesized>;
  /** What may be deleted or overwritten: refs of rules, files as `owner/name:path`. */
  readonly drop: readonly string[];
}
