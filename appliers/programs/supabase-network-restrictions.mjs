// @ts-check
import { applyNetworkRestrictions, readNetworkRestrictions, supabase } from "./platforms/supabase.mjs";
import { admitted, blocksOf, differingBlocks } from "./shared/blocks.mjs";
import { forOperator, those, writable } from "./shared/finding.mjs";
import { run } from "./shared/run.mjs";

/**
 * A Supabase project's Postgres, direct and through the pooler, admits exactly these addresses.
 *
 * @typedef {{ readonly projectRef: string, readonly dbAllowedCidrs: readonly string[], readonly dbAllowedCidrsV6: readonly string[] }} Desired
 */

const LOOK = "look at the project's network restrictions in the Dashboard and for another writer, then deploy again";

await run({
  kind: "supabase-network-restrictions",
  platform: supabase,
  target: (/** @type {Desired} */ { projectRef }) => projectRef,
  refusals: (/** @type {Desired} */ { dbAllowedCidrs, dbAllowedCidrsV6 }) =>
    blocksOf([...dbAllowedCidrs, ...dbAllowedCidrsV6]),
  read: (client, { projectRef }) => readNetworkRestrictions(client, projectRef),
  differences: (
    /** @type {import("./platforms/supabase.mjs").NetworkRestrictions} */ state,
    /** @type {Desired} */ desired,
  ) => [
    ...those([
      [
        state.entitlement !== "allowed",
        () =>
          forOperator(
            `Supabase says entitlement "${state.entitlement}": network restrictions can't be in force`,
            "check the organization's plan, and that the project is recent enough for network restrictions",
          ),
      ],
      [
        state.status !== "applied",
        () =>
          writable(
            `Supabase says status "${state.status}": the list that it shows is not in force, the database counts as open`,
            LOOK,
          ),
      ],
    ]),
    ...differingBlocks(state.config.dbAllowedCidrs, desired.dbAllowedCidrs, admitted("IPv4")).map((what) =>
      writable(what, LOOK),
    ),
    ...differingBlocks(state.config.dbAllowedCidrsV6, desired.dbAllowedCidrsV6, admitted("IPv6")).map((what) =>
      writable(what, LOOK),
    ),
  ],
  write: (client, /** @type {Desired} */ desired) => applyNetworkRestrictions(client, desired.projectRef, desired),
  describe: ({ dbAllowedCidrs, dbAllowedCidrsV6 }) =>
    `Postgres and its pooler admit IPv4 ${dbAllowedCidrs.join(" ") || "nothing"}, IPv6 ${dbAllowedCidrsV6.join(" ") || "nothing"}`,
});
