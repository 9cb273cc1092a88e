import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import type { StatementId } from "../../policy/statements";
import { WorkerType } from "../../policy/worker";
import type { Applier } from "../appliers/applier";
import { type AdmittingKind, admittedBlocks, type ApplierKind } from "../appliers/desired-state";
import { allOf, type Control } from "../result";
import { addressesIn, appliedTo } from "../statements/applied-state";
import { opened } from "../statements/spectrum";
import { openAbout } from "../statements/acceptance";
import { instancesOf } from "../statements/ports-4";
import { projectsOf, RESTRICTIONS } from "../statements/supabase";
import { workersOf } from "../statements/work-1";
import type { Scene } from "../statements/scene";

/** Things that aren't reached by HTTP. */
export type TargetKind = "postgres" | "redis" | "worker";

interface TargetRow {
  /** None where nothing can connect. */
  readonly ports: readonly Port[];
  /** The statements that hold it closed. */
  readonly statements: readonly StatementId[];
  readonly idsIn: (scene: Scene) => readonly string[];
  readonly admissionTo: (scene: Scene, id: string) => TargetAdmission;
}

/** Whom a thing admits by what is applied to it. */
interface TargetAdmission {
  /** Undefined where it is unknown. */
  readonly admitted?: AddressSet | undefined;
  /** The reason, where it is no list of addresses. */
  readonly because?: string | undefined;
  /** The applier that puts that in force; undefined where none does. */
  readonly applier?: Applier | undefined;
  /** Why that may not be all. */
  readonly unknown: readonly string[];
}

/** Who may connect to a thing. */
export interface TargetAccess extends TargetAdmission {
  /** Spectrum applications that lead everybody to it past its list, with a host and port. */
  readonly past: readonly { readonly by: readonly Control[]; readonly example: string }[];
}

/** The types of services that nothing may connect to: https://render.com/docs/service-types */
export const CLOSED_TYPES: ReadonlySet<unknown> = new Set(Object.values(WorkerType));

export const TARGETS: Readonly<Record<TargetKind, TargetRow>> = {
  postgres: {
    ports: [Port.POSTGRES, Port.POSTGRES_POOLER],
    statements: ["PORTS-3", "DB-1"],
    idsIn: (scene) => projectsOf(scene).map(({ project }) => project),
    admissionTo: (scene, id) => byList(scene, RESTRICTIONS, id),
  },
  redis: {
    ports: [Port.REDIS],
    statements: ["PORTS-4"],
    idsIn: (scene) => instancesOf(scene).map(({ instance }) => instance),
    admissionTo: (scene, id) => byList(scene, "render-key-value-allow-list", id),
  },
  worker: {
    ports: [],
    statements: ["WORK-1"],
    idsIn: (scene) => workersOf(scene).map(({ service }) => service),
    admissionTo: byType,
  },
};

export const TARGET_KINDS = Object.keys(TARGETS) as readonly TargetKind[];

/** Who may connect to a thing by its id, as far as it is known. */
export function accessTo(kind: TargetKind, id: string, scene: Scene): TargetAccess {
  const { ports, statements, admissionTo } = TARGETS[kind];
  const admission = admissionTo(scene, id);
  const edge = ports.length === 0 ? undefined : allOf(opened(scene, ports));
  const others = [...(edge?.unknown ?? []), ...statements.flatMap((statement) => openAbout(statement, scene))];
  const [example = ""] = edge?.counterexample ?? [];
  return {
    ...admission,
    unknown: [...new Set([...admission.unknown, ...others.map(({ reason }) => reason)])],
    past: edge?.verdict === "violated" ? [{ by: edge.controls, example }] : [],
  };
}

function byList(scene: Scene, kind: AdmittingKind, id: string): TargetAdmission {
  const { applier, unknown } = applied(scene, kind, id);
  if (applier === undefined) {
    return { admitted: AddressSet.everything(), because: "nothing in the JSON closes it", unknown };
  }
  const admitted = addressesIn(id, admittedBlocks(applier.state));
  return admitted === undefined
    ? { applier, unknown: [...unknown, `the proof doesn't understand whom ${id} admits`] }
    : { applier, admitted, unknown };
}

/** A worker that nothing checks may be of any type, and its type alone says whether anything can connect. */
function byType(scene: Scene, id: string): TargetAdmission {
  const { applier, unknown } = applied(scene, "render-service-type", id);
  if (applier === undefined) return { unknown: [...unknown, `nothing in the JSON checks the type of ${id}`] };
  const { type } = applier.state;
  const what = `it is of type ${JSON.stringify(type)}`;
  return CLOSED_TYPES.has(type)
    ? { applier, admitted: AddressSet.empty("nobody"), because: `${what}, which takes no connections`, unknown }
    : { applier, unknown: [...unknown, `${what}, which may take connections`] };
}

function applied<K extends ApplierKind>(scene: Scene, kind: K, id: string) {
  const { appliers, unknown } = appliedTo(scene, kind, id);
  const [applier, second] = appliers;
  const reasons = unknown.map(({ reason }) => reason);
  return {
    applier,
    unknown: second === undefined ? reasons : [...reasons, `two resources set ${id}, and each undoes the other`],
  };
}
