import { type Datastore, nameOf } from "../../../../policy/datastore";
import type { EgressAddresses } from "../../../../policy/egress-addresses";
import type { WebIngress } from "../../../../policy/web-ingress";
import {
  type Gone,
  admitted,
  changed,
  type Compare,
  compareMembers,
  either,
  listed,
  type Notice,
  stronger,
  weaker,
  worded,
} from "./compare";

export const egress: Compare<EgressAddresses> = (at, before, after) => [
  ...admitted("its egress has")(`${at}.addresses`, before?.addresses, after?.addresses),
  ...(before !== undefined && after !== undefined ? sameEgress(at, before, after) : []),
];

function sameEgress(at: string, before: EgressAddresses, after: EgressAddresses): readonly Notice[] {
  if (before.kind === "dedicated" && after.kind === "shared") {
    return [weaker(at, `its egress addresses are shared with other tenants: ${after.reason}`)];
  }
  if (before.kind === "shared" && after.kind === "dedicated") {
    return [stronger(at, `its egress addresses are its own, the set ${after.set}`)];
  }
  if (before.kind === "dedicated" && after.kind === "dedicated" && before.set !== after.set) {
    return [changed(`${at}.set`, `its egress addresses are the set ${after.set} instead of ${before.set}`)];
  }
  return before.kind === "shared" && after.kind === "shared" && before.reason !== after.reason
    ? worded(`${at}.reason`, before.reason, after.reason)
    : [];
}

export const ingress: Compare<WebIngress> = (at, before, after) => {
  if (after === undefined) return [weaker(at, "Render no longer admits listed addresses only")];
  if (before === undefined) return [stronger(at, "Render admits listed addresses only")];
  return compareMembers(at, before, after, {
    kind: either,
    addresses: admitted("Render admits"),
    reason: worded,
  });
};

export const datastores = (gone: Gone): Compare<readonly Datastore[]> =>
  listed({
    nameOf,
    added: (at, store) => [{ ...stronger(at, `the datastore ${nameOf(store)} is new`), announces: nameOf(store) }],
    dropped: (at, store) => gone(at, nameOf(store)),
    both: sameStore,
  });

function sameStore(at: string, before: Datastore, after: Datastore): readonly Notice[] {
  if (before.kind !== "supabase" || after.kind !== "supabase") return either(at, before, after);
  return compareMembers(at, before, after, {
    kind: either,
    project: either,
    wideBlocks: exception(
      `${after.project} may admit wide blocks`,
      `${after.project} may no longer admit wide blocks`,
      weaker,
      stronger,
    ),
    lockedOut: exception(
      `${after.project} admits nobody`,
      `${after.project} no longer admits nobody alone`,
      stronger,
      weaker,
    ),
  });
}

type Say = (at: string, what: string) => Notice;

/** An exception by its reason. */
function exception(given: string, taken: string, whenGiven: Say, whenTaken: Say): Compare<string> {
  return (at, before, after) => {
    if (before === undefined && after !== undefined) return [whenGiven(at, `${given}: ${after}`)];
    return after === undefined ? [whenTaken(at, taken)] : worded(at, before, after);
  };
}
