import { acceptedAs } from "../../../policy/accept";
import { FAMILIES } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { CLOUDFLARE } from "../../../network/feeds/cloudflare";
import { META } from "../../../network/feeds/meta";
import { type Statement, STATEMENT_IDS, type StatementId, STATEMENTS, Strength } from "../../../policy/statements";
import { gatewayAddresses } from "../../../policy/worker-egress";
import { controlOf, type ZoneRule } from "../../edge/zone";
import { resultsOf, type StatementResult } from "../../statements/results";
import { type Scene, scenesOf } from "../../statements/scene";
import type { App } from "../app";
import { blocksInWords, namedSets } from "../explain/named-sets";
import { named } from "../explain/question";
import { heldBy } from "../explain/explain";
import {
  type ColumnDraft,
  type Cell,
  type Column,
  type Decider,
  type EnvironmentMatrix,
  FORMAT,
  type Matrix,
} from "./matrix";
import { connectionDrafts } from "./connection-columns";
import { webDrafts } from "./web-columns";

export const ANYONE = "anyone else";

/** Everybody, by name and family, as far as there is a name: together all addresses. Only named blocks are told. */
function sourcesOf(scene: Scene) {
  const named = namedSources(scene);
  const rest = named.reduce((left, set) => left.difference(set), AddressSet.everything()).named(ANYONE);
  return [...named, rest].flatMap((set) =>
    FAMILIES.flatMap((family) => {
      const addresses = set.ofFamily(family);
      const blocks = set === rest ? "" : blocksInWords(addresses);
      return addresses.isEmpty ? [] : [{ source: set.name, family, addresses, blocks }];
    }),
  );
}

/** Meta, the environment's own services, Cloudflare, other senders of the zone's webhooks, and its lists: each once. */
function namedSources({ policies, policy, edge }: Scene): readonly AddressSet[] {
  const own = ownSources(policy.environment);
  const tenants = edge.policy.tenants.map(({ name }) => name);
  const known = namedSets(
    policies.filter(({ name }) => tenants.includes(name)),
    edge.zone,
  );
  const all = [META.addresses, ...own, CLOUDFLARE.addresses.named("Cloudflare"), ...known];
  return all.filter((set, index) => !set.isEmpty && !all.slice(0, index).some((earlier) => earlier.equals(set)));
}

function ownSources(environment: Scene["policy"]["environment"]): readonly AddressSet[] {
  const { egress, workers = [], workerEgress } = environment;
  const proxied = workerEgress === undefined ? undefined : gatewayAddresses(environment);
  const [backend, worker] = [egress, proxied].map((each) => each && AddressSet.of("egress", each.addresses));
  const isShared = workers.length > 0 && (worker === undefined || (backend?.equals(worker) ?? false));
  return [
    ...(backend === undefined ? [] : [backend.named(isShared ? "backend, workers" : "backend")]),
    ...(worker === undefined || isShared ? [] : [worker.named("workers")]),
  ];
}

/** The statements about who reaches what. */
const ABOUT_ACCESS: readonly StatementId[] = [
  "PORTS-1",
  "PORTS-2",
  "PORTS-3",
  "PORTS-4",
  "HOOK-1",
  "WEB-1",
  "DB-1",
  "WORK-1",
];

/**
 * The access matrix of an app. Nothing is sampled: a cell is about all that a source can send.
 *
 * @param environment the one that is asked about; without it, every one
 * @throws {InvalidInput} where there is no such environment
 */
export function matrixOf({ model, policies }: App, environment?: string): Matrix {
  const all = scenesOf(model, policies);
  const meant = all.map((scene) => ({ environment: scene.policy.name, scene }));
  const scenes = environment === undefined ? all : [named(meant, environment).scene];
  const results = resultsOf(model, policies, ABOUT_ACCESS);
  return { format: FORMAT, environments: scenes.map((scene) => environmentOf(scene, results)) };
}

function environmentOf(scene: Scene, results: readonly StatementResult[]): EnvironmentMatrix {
  const { name, environment } = scene.policy;
  const names = namedSets(scene.policies, scene.edge.zone);
  const own = results.filter((result) => result.environment === name);
  const sources = sourcesOf(scene);
  const show = (rule: ZoneRule) => shownRule(rule, scene, own);
  const drafts = [...webDrafts({ scene, names, show }), ...connectionDrafts(scene, names)];
  const lowered = acceptedAs("declared", environment.accept).map(({ statement, reason }) => ({ statement, reason }));
  const columns = merged(
    drafts.map((draft) => {
      const declared = lowered.filter(({ statement }) => draft.statements.includes(statement));
      return { draft, cells: sources.map(({ addresses }) => withDeclared(draft.cellOf(addresses), declared)) };
    }),
  );
  return {
    environment: name,
    zone: scene.edge.policy.zone.name,
    lowered,
    columns: columns.map(({ draft }, index) => columnOf(draft, index)),
    rows: sources.map(({ source, family, blocks }, row) => ({
      ...{ source, family, addresses: blocks },
      cells: columns.flatMap(({ cells }) => cells[row] ?? []),
    })),
    assumptions: assumptionsOf(own),
    notes: notesOf(drafts, own),
  };
}

/** A cell may be undecided because the environment only declares the statement. */
function withDeclared({ kind, parts }: Cell, declared: EnvironmentMatrix["lowered"]): Cell {
  const reasons = declared.map(({ statement, reason }) => `${statement} is only ${Strength.DECLARED}: ${reason}`);
  return {
    kind,
    parts: parts.map((part) =>
      part.kind === "undecided" ? { ...part, reasons: [...part.reasons, ...reasons] } : part,
    ),
  };
}

/** The rule that decides: it stands in the JSON, so what it does is enforced. */
function shownRule(rule: ZoneRule, scene: Scene, results: readonly StatementResult[]): Decider {
  return { ...controlOf(rule), strength: Strength.ENFORCED, statements: heldBy(rule, scene, results) };
}

interface Filled {
  readonly draft: ColumnDraft;
  readonly cells: readonly Cell[];
}

/** Columns of the same kind whose cells are the same, as one. */
function merged(filled: readonly Filled[]): readonly Filled[] {
  const found = new Map<string, Filled>();
  for (const { draft, cells } of filled) {
    const { kind, ports, only } = draft;
    const key = JSON.stringify([kind, ports, kind === "spectrum" ? draft.services : only, cells]);
    const known = found.get(key)?.draft.services ?? [];
    found.set(key, { draft: { ...draft, services: [...known, ...draft.services] }, cells });
  }
  return [...found.values()];
}

function columnOf({ cellOf: _, ...column }: ColumnDraft, index: number): Column {
  return { id: letterOf(index), ...column };
}

/** A, B, ..., Z, AA, AB, ... */
function letterOf(index: number): string {
  const letter = String.fromCharCode("A".charCodeAt(0) + (index % 26));
  return index < 26 ? letter : `${letterOf(Math.floor(index / 26) - 1)}${letter}`;
}

/** Each assumption once, with the statements that rest on it. */
function assumptionsOf(results: readonly StatementResult[]): EnvironmentMatrix["assumptions"] {
  const all = [...new Set(results.flatMap(({ assumptions }) => assumptions))];
  return all.map((what) => ({
    what,
    statements: results.flatMap(({ statement, assumptions }) => (assumptions.includes(what) ? statement : [])),
  }));
}

/** The statements that are open, and how far those reach that decide the cells. */
function notesOf(drafts: readonly ColumnDraft[], results: readonly StatementResult[]): readonly string[] {
  const open = results.filter(({ passes }) => !passes);
  const ids = STATEMENT_IDS.filter((id) => drafts.some(({ statements }) => statements.includes(id)));
  const notes = ids.flatMap((id) => {
    const { notes: own = [] }: Statement = STATEMENTS[id];
    return own;
  });
  return [...open.map(({ statement, verdict }) => `${statement} is ${verdict}: see verify`), ...new Set(notes)];
}
