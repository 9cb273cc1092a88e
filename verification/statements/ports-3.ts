import { Port } from "../../network/ports";
import { assertion, type Assertions, each } from "./assertion";
import { spectrumOpensNone } from "./spectrum";
import { noOtherAddresses, projectsOf } from "./supabase";

/**
 * PORTS-3: 5432 (Postgres, and its pooler 6543) is closed to external traffic. Supabase restricts both ports together.
 *
 * @see https://supabase.com/docs/guides/platform/network-restrictions
 */
export const PORTS_3: Assertions = [
  assertion(
    "Only the environment's egress addresses reach Postgres and its pooler.",
    each(projectsOf, noOtherAddresses),
  ),
  spectrumOpensNone(Port.POSTGRES, Port.POSTGRES_POOLER),
];
