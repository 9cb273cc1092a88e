import { InvalidInput } from "../../../errors/invalid-input";
import { type Address, printAddress } from "../../../network/address";
import type { Applier } from "../../appliers/applier";
import { stateOf } from "../../statements/applied-state";
import { resultsOf } from "../../statements/results";
import { type Scene, scenesOf } from "../../statements/scene";
import type { App } from "../app";
import { type TargetAccess, accessTo, TARGET_KINDS, type TargetKind, TARGETS } from "../targets";
import { named } from "./edge";
import { type ConnectionExplanation, FORMAT, type Holder, type Target } from "./explanation";
import { addressesFor, inWords, membership, namedSets, type NamedSets, problemsWithFrom, sourceOf } from "./named-sets";
import { statementView } from "./rules";

/** A question about connections. */
export interface ConnectionOptions {
  readonly to: TargetKind;
  /** @default - an address that no name is known for */
  readonly from?: string;
  /** @default - every environment */
  readonly environment?: string;
}

/**
 * Explains who may connect to what is not HTTP, and what decides it.
 *
 * @throws {InvalidInput} where the question is none, or there is nothing of that kind
 */
export function explainConnection(app: App, { to, from, environment }: ConnectionOptions): ConnectionExplanation {
  InvalidInput.throwIfAny("the question", problemsWithFrom(from));
  const { ports, statements, idsIn } = TARGETS[to];
  const all = scenesOf(app.model, app.policies);
  const scenes = environment === undefined ? all : [named(all, environment)];
  const names = namedSets(app.policies);
  const [address] = addressesFor(from, names);
  if (address === undefined) throw new Error("every address has a name");
  const results = resultsOf(app.model, app.policies, statements).map((result) => ({
    environment: result.environment,
    view: statementView(result),
  }));
  const targets = scenes.flatMap((scene) =>
    idsIn(scene).map((name): Target => ({
      environment: scene.policy.name,
      ...{ name, ports },
      ...judged(accessTo(to, name, scene), address, names),
      statements: results.flatMap((result) => (result.environment === scene.policy.name ? result.view : [])),
    })),
  );
  if (targets.length === 0) throw nothingOf(to, all, environment);
  return { format: FORMAT, kind: "connection", to, from: sourceOf(address, names, from === undefined), targets };
}

function nothingOf(to: TargetKind, scenes: readonly Scene[], environment: string | undefined): InvalidInput {
  const { idsIn } = TARGETS[to];
  const having = scenes.filter((scene) => idsIn(scene).length > 0).map(({ policy }) => policy.name);
  const got = `${to}, which ${environment === undefined ? "no environment has" : `${environment} doesn't have`}`;
  const others = TARGET_KINDS.filter((kind) => scenes.some((scene) => TARGETS[kind].idsIn(scene).length > 0));
  const allowed = having.length > 0 ? `an environment that has: ${having.join(", ")}` : others.join(", ");
  return new InvalidInput("the question", [{ at: "--to", got, allowed: allowed === "" ? "nothing here" : allowed }]);
}

function judged(
  { admitted, because, applier, unknown, past: [past] }: TargetAccess,
  address: Address,
  names: NamedSets,
): Pick<Target, "decision" | "because" | "admits" | "by"> {
  const by = applier === undefined ? {} : { by: holderOf(applier) };
  if (admitted === undefined) return { decision: "undecided", because: unknown.join("; "), admits: "unknown", ...by };
  const admits = applier === undefined ? "everybody" : admitted.isEmpty ? "nobody" : inWords(admitted, names);
  if (past !== undefined) {
    return {
      decision: "admitted",
      because: `${past.example} leads to it through the edge, past its list`,
      admits,
      ...by,
    };
  }
  if (unknown.length > 0) return { decision: "undecided", because: unknown.join("; "), admits, ...by };
  const seen = admitted.isEmpty
    ? `${printAddress(address)} is not on its list, which is empty`
    : membership(address, admitted, names);
  return { decision: admitted.contains(address) ? "admitted" : "refused", because: because ?? seen, admits, ...by };
}

function holderOf(applier: Applier): Holder {
  const { name, ...place } = stateOf(applier);
  return { resource: name, kind: applier.kind, ...place, state: applier.state };
}
