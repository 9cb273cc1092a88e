import { InvalidInput } from "../../../errors/invalid-input";
import { type Address, printAddress } from "../../../network/address";
import { Port } from "../../../network/ports";
import type { StatementId } from "../../../policy/statements";
import { WorkerType } from "../../../policy/worker";
import type { Applier } from "../../appliers/applier";
import type { ApplierKind } from "../../appliers/desired-state";
import { addressesIn, stateOf } from "../../statements/applied-state";
import { type AppliedTo, appliedTo } from "../../statements/applied-state";
import { type StatementResult, resultsOf } from "../../statements/results";
import { type Scene, scenesOf } from "../../statements/scene";
import type { App } from "./app";
import { named } from "./edge-of";
import { type ConnectionExplanation, FORMAT, type Holder, type Target, type TargetKind } from "./explanation";
import { inWords, membership, namedSets, type NamedSets } from "./named-sets";
import { addressesFor, problemsWithFrom, sourceOf } from "./source";
import { statementView } from "./statement-view";

/** What may be asked about connections. */
export interface ConnectionOptions {
  readonly to: TargetKind;
  /** @default - an address that no name is known for */
  readonly from?: string;
  /** @default - every environment */
  readonly environment?: string;
}

/** A kind of thing that is no web service, and what holds it closed. */
interface Kind {
  readonly ports: readonly number[];
  readonly statements: readonly StatementId[];
  readonly idsIn: (scene: Scene) => readonly string[];
  readonly judge: (id: string, address: Address, scene: Scene, names: NamedSets) => Judgement;
}

type Judgement = Pick<Target, "decision" | "because" | "admits" | "by">;

const KINDS: Readonly<Record<TargetKind, Kind>> = {
  postgres: {
    ports: [Port.POSTGRES, Port.POSTGRES_POOLER],
    statements: ["PORTS-3", "DB-1"],
    idsIn: ({ policy }) => datastores(policy, "supabase"),
    judge: (id, address, scene, names) =>
      byList(applied(scene, "supabase-network-restrictions", id), address, names, ({ state }) => [
        ...state.dbAllowedCidrs,
        ...state.dbAllowedCidrsV6,
      ]),
  },
  redis: {
    ports: [Port.REDIS],
    statements: ["PORTS-4"],
    idsIn: ({ policy }) => datastores(policy, "render-key-value"),
    judge: (id, address, scene, names) =>
      byList(applied(scene, "render-key-value-allow-list", id), address, names, ({ state }) =>
        state.ipAllowList.map(({ cidrBlock }) => cidrBlock),
      ),
  },
  worker: {
    ports: [],
    statements: ["WORK-1"],
    idsIn: ({ policy }) => (policy.environment.workers ?? []).map(({ service }) => service),
    judge: (id, _address, scene) => byType(applied(scene, "render-service-type", id)),
  },
};

/** Everything that can be asked about beside URLs. */
const TARGET_KINDS = Object.keys(KINDS) as readonly TargetKind[];

/**
 * Explains who may connect to what is not HTTP, and what decides it.
 *
 * @throws {InvalidInput} where the question is none, or there is nothing of that kind
 */
export function explainConnection(app: App, { to, from, environment }: ConnectionOptions): ConnectionExplanation {
  InvalidInput.throwIfAny("the question", problemsWithFrom(from));
  const all = scenesOf(app.model, app.policies);
  const scenes = environment === undefined ? all : [named(all, environment)];
  const names = namedSets(app.policies);
  const [address] = addressesFor(from, names);
  if (address === undefined) throw new Error("every address has a name");
  const results = resultsOf(app.model, app.policies);
  const targets = scenes.flatMap((scene) => targetsIn(scene, to, address, names, results));
  if (targets.length === 0) throw nothingOf(to, all, environment);
  return { format: FORMAT, kind: "connection", to, from: sourceOf(address, names, from === undefined), targets };
}

function targetsIn(
  scene: Scene,
  to: TargetKind,
  address: Address,
  names: NamedSets,
  results: readonly StatementResult[],
): readonly Target[] {
  const { idsIn, judge, ports, statements } = KINDS[to];
  const own = results.filter(
    ({ environment, statement }) => environment === scene.policy.name && statements.includes(statement),
  );
  return idsIn(scene).map((name) => ({
    environment: scene.policy.name,
    name,
    ports,
    ...judge(name, address, scene, names),
    statements: own.map(statementView),
  }));
}

function nothingOf(to: TargetKind, scenes: readonly Scene[], environment: string | undefined): InvalidInput {
  const { idsIn } = KINDS[to];
  const having = scenes.filter((scene) => idsIn(scene).length > 0).map(({ policy }) => policy.name);
  const got = `${to}, which ${environment === undefined ? "no environment has" : `${environment} doesn't have`}`;
  const others = TARGET_KINDS.filter((kind) => scenes.some((scene) => KINDS[kind].idsIn(scene).length > 0));
  const allowed = having.length > 0 ? `an environment that has: ${having.join(", ")}` : others.join(", ");
  return new InvalidInput("the question", [{ at: "--to", got, allowed: allowed === "" ? "nothing here" : allowed }]);
}

function datastores({ databases }: Scene["policy"], kind: "supabase" | "render-key-value"): readonly string[] {
  return (databases.datastores ?? []).flatMap((store) => {
    if (store.kind !== kind) return [];
    return store.kind === "supabase" ? store.project : store.instance;
  });
}

interface Held<K extends ApplierKind> {
  readonly applier: Applier<K> | undefined;
  /** Why what it says may not be in force. */
  readonly doubts: readonly string[];
}

function applied<K extends ApplierKind>(scene: Scene, kind: K, id: string): Held<K> {
  const { appliers, unknown }: AppliedTo<K> = appliedTo(scene, kind, id);
  const [applier, second] = appliers;
  const reasons = unknown.map(({ reason }) => reason);
  return {
    applier,
    doubts: second === undefined ? reasons : [...reasons, `two owners take turns with ${id}`],
  };
}

function byList<K extends ApplierKind>(
  { applier, doubts }: Held<K>,
  address: Address,
  names: NamedSets,
  blocksOf: (applier: Applier<K>) => readonly string[],
): Judgement {
  if (applier === undefined && doubts.length === 0) {
    return { decision: "admitted", because: "nothing in the JSON closes it", admits: "everybody" };
  }
  const admitted = applier === undefined ? undefined : addressesIn("admitted", blocksOf(applier));
  const by = applier === undefined ? {} : { by: holderOf(applier) };
  if (admitted === undefined) {
    return { decision: "undecided", because: doubts[0] ?? "whom it admits isn't understood", admits: "unknown", ...by };
  }
  const admits = admitted.isEmpty ? "nobody" : inWords(admitted, names);
  if (doubts.length > 0) return { decision: "undecided", because: doubts.join("; "), admits, ...by };
  return {
    decision: admitted.contains(address) ? "admitted" : "refused",
    because: admitted.isEmpty
      ? `${printAddress(address)} is not on its list, which is empty`
      : membership(address, admitted, names),
    admits,
    ...by,
  };
}

/** The types of services that nothing may connect to: https://render.com/docs/service-types */
const CLOSED_TYPES: ReadonlySet<unknown> = new Set(Object.values(WorkerType));

function byType({ applier, doubts }: Held<"render-service-type">): Judgement {
  const by = applier === undefined ? {} : { by: holderOf(applier) };
  const type = applier?.state.type;
  const open = applier === undefined ? [...doubts, "nothing in the JSON checks its type"] : doubts;
  if (open.length > 0) return { decision: "undecided", because: open.join("; "), admits: "unknown", ...by };
  const what = `it is of type ${JSON.stringify(type)}`;
  return CLOSED_TYPES.has(type)
    ? { decision: "refused", because: `${what}, which takes no connections`, admits: "nobody", ...by }
    : { decision: "undecided", because: `${what}, which may take connections`, admits: "unknown", ...by };
}

function holderOf(applier: Applier): Holder {
  const { name, stack, pointer, path } = stateOf(applier);
  return {
    resource: name,
    kind: applier.kind,
    stack,
    pointer,
    ...(path === undefined ? {} : { path }),
    state: applier.state,
  };
}
