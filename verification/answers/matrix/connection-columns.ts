import { inZone } from "../../edge/zone";
import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { type StatementId, Strength } from "../../../policy/statements";
import { WorkerType } from "../../../policy/worker";
import type { Applier } from "../../appliers/applier";
import type { ApplierKind } from "../../appliers/desired-state";
import type { NamedAddresses } from "../../edge/values";
import { addressesIn, stateOf } from "../../statements/applied/addresses";
import { closedAtTheEdge } from "../../statements/applied/edge-ports";
import { appliedTo } from "../../statements/applied/held";
import { type Control, controlAt } from "../../result";
import { doubtsAbout } from "../../statements/doubts/doubts";
import type { Scene } from "../../statements/scene";
import type { Resource } from "../../terraform/stack";
import { isValueObject, nameOfValue } from "../../terraform/value";
import { cellOf, type PartFrom, PLAIN, undecidedCell } from "./cell";
import type { Draft } from "./draft";
import type { Cell, Decider, Limit, Part } from "./matrix";

/** A kind of thing that is no web service. */
interface Kind {
  readonly kind: "postgres" | "redis" | "worker";
  readonly ports: readonly Port[];
  readonly statements: readonly StatementId[];
  readonly idsIn: (scene: Scene) => readonly string[];
  /** Whom it admits: undefined where nobody here can say. */
  readonly admits: (scene: Scene, id: string) => Admission;
}

interface Admission {
  readonly admitted: AddressSet | undefined;
  readonly by: Control | undefined;
  readonly doubts: readonly string[];
}

const NOBODY = AddressSet.empty("nobody");

/** The types of services that nothing may connect to: https://render.com/docs/service-types */
const CLOSED_TYPES: ReadonlySet<unknown> = new Set(Object.values(WorkerType));

const KINDS: readonly Kind[] = [
  {
    kind: "postgres",
    ports: [Port.POSTGRES, Port.POSTGRES_POOLER],
    statements: ["PORTS-3", "DB-1"],
    idsIn: ({ policy }) =>
      (policy.databases.datastores ?? []).flatMap((store) => (store.kind === "supabase" ? store.project : [])),
    admits: (scene, id) =>
      admission(scene, "supabase-network-restrictions", id, ({ state: { dbAllowedCidrs, dbAllowedCidrsV6 } }) =>
        addressesIn(id, [...dbAllowedCidrs, ...dbAllowedCidrsV6]),
      ),
  },
  {
    kind: "redis",
    ports: [Port.REDIS],
    statements: ["PORTS-4"],
    idsIn: ({ policy }) =>
      (policy.databases.datastores ?? []).flatMap((store) => (store.kind === "render-key-value" ? store.instance : [])),
    admits: (scene, id) =>
      admission(scene, "render-key-value-allow-list", id, ({ state: { ipAllowList } }) =>
        addressesIn(
          id,
          ipAllowList.map(({ cidrBlock }) => cidrBlock),
        ),
      ),
  },
  {
    kind: "worker",
    ports: [],
    statements: ["WORK-1"],
    idsIn: ({ policy }) => (policy.environment.workers ?? []).map(({ service }) => service),
    admits: (scene, id) =>
      admission(scene, "render-service-type", id, ({ state: { type } }) =>
        CLOSED_TYPES.has(type) ? NOBODY : undefined,
      ),
  },
];

/** Datastores, workers, and what else the edge opens past its rules. */
export function connectionDrafts(scene: Scene, names: readonly NamedAddresses[]): readonly Draft[] {
  return [
    ...KINDS.flatMap((kind) => kind.idsIn(scene).map((id) => draftOf(scene, kind, id, names))),
    ...spectrumDrafts(scene),
  ];
}

function draftOf(scene: Scene, kind: Kind, id: string, names: readonly NamedAddresses[]): Draft {
  const { ports, statements } = kind;
  return { kind: kind.kind, services: [id], ports, statements, cellOf: cellsOf(scene, kind, id, names) };
}

function cellsOf(
  scene: Scene,
  { ports, statements, admits }: Kind,
  id: string,
  names: readonly NamedAddresses[],
): (source: AddressSet) => Cell {
  const { admitted, by, doubts } = admits(scene, id);
  const edge = ports.length === 0 ? NOT_OPEN : throughTheEdge(scene, ports);
  const others = statements.flatMap((statement) => doubtsAbout(statement, scene)).map(({ reason }) => reason);
  const reasons = [...doubts, ...edge.doubts, ...others];
  if (reasons.length > 0) return () => undecidedCell(reasons);
  if (admitted === undefined) return () => undecidedCell([`whom ${id} admits isn't understood`]);
  const deciders = by === undefined ? [] : [{ ...by, strength: Strength.ASSERTED, statements }];
  const where: readonly Limit[] = edge.parts.length === 0 ? [] : [{ ...THROUGH_THE_EDGE, kind: "except" }];
  const parts: readonly PartFrom[] = [
    { part: { ...PLAIN, kind: "allow", by: deciders, where }, from: admitted },
    { part: { ...PLAIN, kind: "block", by: deciders, where }, from: admitted.complement() },
    ...edge.parts.map((part) => ({ part, from: AddressSet.everything() })),
  ];
  return (source) => cellOf(parts, source, names);
}

function admission<K extends ApplierKind>(
  scene: Scene,
  kind: K,
  id: string,
  admittedBy: (applier: Applier<K>) => AddressSet | undefined,
): Admission {
  const { appliers, doubts } = appliedTo(scene, kind, id);
  const [applier, second] = appliers;
  const reasons = doubts.map(({ reason }) => reason);
  if (applier === undefined) {
    return { admitted: AddressSet.everything(), by: undefined, doubts: [...reasons, ...unchecked(kind, id)] };
  }
  return {
    admitted: admittedBy(applier),
    by: stateOf(applier),
    doubts: second === undefined ? reasons : [...reasons, `two owners take turns with ${id}`],
  };
}

/** What nothing in the JSON closes is open, but a worker: its type alone says whether anything can connect. */
function unchecked(kind: ApplierKind, id: string): readonly string[] {
  return kind === "render-service-type" ? [`nothing in the JSON checks the type of ${id}`] : [];
}

interface Opening {
  readonly parts: readonly Part[];
  readonly doubts: readonly string[];
}

const NOT_OPEN: Opening = { parts: [], doubts: [] };
const THROUGH_THE_EDGE = { field: "way", kind: "only", values: ["through the edge"] } as const;

/** A Spectrum application may lead to a datastore's port, past its list. */
function throughTheEdge(scene: Scene, ports: readonly Port[]): Opening {
  const { verdict, controls, unknown } = closedAtTheEdge(...ports).conclude(scene);
  switch (verdict) {
    case "violated": {
      const where = [THROUGH_THE_EDGE];
      const by = controls.map((control) => enforced(control, ["PORTS-1"]));
      return { parts: [{ ...PLAIN, kind: "allow", where, by }], doubts: [] };
    }
    case "undecided":
      return { parts: [], doubts: unknown.map(({ reason }) => reason) };
    default:
      return NOT_OPEN;
  }
}

/** Each Spectrum application is open to everybody, past every rule: https://developers.cloudflare.com/spectrum/ */
function spectrumDrafts({ model, edge }: Scene): readonly Draft[] {
  return inZone(model, edge.zone.id, "cloudflare_spectrum_application").map((application) => {
    const by = [enforced(controlAt(application), [])];
    const cell: Cell = { kind: "allow", parts: [{ ...PLAIN, kind: "allow", by }] };
    return {
      kind: "spectrum",
      services: [hostOf(application)],
      ports: [],
      only: nameOfValue(application.attributes["protocol"]),
      statements: ["PORTS-1"],
      cellOf: () => cell,
    };
  });
}

function hostOf({ attributes: { dns }, address }: Resource): string {
  return isValueObject(dns) && dns["name"] !== undefined ? nameOfValue(dns["name"]) : address;
}

function enforced(control: Control, statements: readonly StatementId[]): Decider {
  return { ...control, strength: Strength.ENFORCED, statements };
}
