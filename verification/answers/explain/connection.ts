import { InvalidInput } from "../../../errors/invalid-input";
import { type Address, printAddress } from "../../../network/address";
import type { TargetKind } from "../targets";
import { type TargetBasis, type TargetEntry, type ConnectionExplanation, FORMAT, type Target } from "./explanation";
import { addressesFor, inWords, membership, type NamedSets, problemsWithFrom, sourceOf } from "./named-sets";
import { named } from "./question";

export interface ConnectionOptions {
  readonly to: TargetKind;
  /** @default - an address that no name is known for */
  readonly from?: string | undefined;
  /** @default - every environment */
  readonly environment?: string | undefined;
}

/**
 * Explains who may connect to what is not HTTP, and what decides it.
 *
 * @throws {InvalidInput} where the question is none, or there is nothing of that kind
 */
export function connectionExplained(
  all: readonly TargetBasis[],
  { to, from, environment }: ConnectionOptions,
): ConnectionExplanation {
  InvalidInput.throwIfAny("the question", problemsWithFrom(from));
  const meant = environment === undefined ? all : [named(all, environment)];
  const names = all[0]?.names ?? [];
  const [address] = addressesFor(from, names);
  const targets = meant.flatMap(({ environment, targets }) =>
    targets[to].map((entry): Target => {
      const { name, ports, statements } = entry;
      return { environment, name, ports, ...judged(entry, address, names), statements };
    }),
  );
  if (targets.length === 0) throw nothingOf(to, all, environment);
  return { format: FORMAT, kind: "connection", to, from: sourceOf(address, names, from === undefined), targets };
}

function nothingOf(to: TargetKind, all: readonly TargetBasis[], environment: string | undefined): InvalidInput {
  const having = all.filter(({ targets }) => targets[to].length > 0).map((each) => each.environment);
  const got = `${to}, which ${environment === undefined ? "no environment has" : `${environment} doesn't have`}`;
  const kinds = Object.keys(all[0]?.targets ?? {}) as readonly TargetKind[];
  const others = kinds.filter((kind) => all.some(({ targets }) => targets[kind].length > 0));
  const allowed = having.length > 0 ? `an environment that has: ${having.join(", ")}` : others.join(", ");
  return new InvalidInput("the question", [{ at: "--to", got, allowed: allowed === "" ? "nothing here" : allowed }]);
}

function judged(
  { admitted, because, by, unknown, past }: TargetEntry,
  address: Address,
  names: NamedSets,
): Pick<Target, "decision" | "because" | "admits" | "by"> {
  const reasons = unknown.join("; ");
  if (admitted === undefined) return { decision: "undecided", because: reasons, admits: "unknown", by };
  const admits = by === undefined ? "everybody" : admitted.isEmpty ? "nobody" : inWords(admitted, names);
  if (past !== undefined) {
    return { decision: "admitted", because: `${past} leads to it through the edge, past its list`, admits, by };
  }
  if (unknown.length > 0) return { decision: "undecided", because: reasons, admits, by };
  const seen = admitted.isEmpty
    ? `${printAddress(address)} is not on its list, which is empty`
    : membership(address, admitted, names);
  return { decision: admitted.contains(address) ? "admitted" : "refused", because: because ?? seen, admits, by };
}
