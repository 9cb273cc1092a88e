import { AddressSet } from "../../../network/address-set";
import { type StatementId, Strength } from "../../../policy/statements";
import { inZone } from "../../edge/zone";
import { type Control, controlAt } from "../../result";
import { stateOf } from "../../statements/applied-state";
import type { Scene } from "../../statements/scene";
import type { Resource } from "../../terraform/stack";
import { isValueObject, nameOfValue } from "../../terraform/value";
import { type TargetAccess, accessTo, TARGET_KINDS, type TargetKind, TARGETS } from "../targets";
import { cellOf, type ColumnDraft, type PartFrom, PLAIN, undecidedCell, type Cell, type Limit } from "./matrix";

const THROUGH_THE_EDGE = { field: "way", kind: "only", values: ["through the edge"] } as const;

/** Datastores, workers, and what else the edge opens past its rules. */
export function connectionDrafts(scene: Scene, names: readonly AddressSet[]): readonly ColumnDraft[] {
  return [
    ...TARGET_KINDS.flatMap((kind) => TARGETS[kind].idsIn(scene).map((id) => draftOf(scene, kind, id, names))),
    ...spectrumDrafts(scene),
  ];
}

function draftOf(scene: Scene, kind: TargetKind, id: string, names: readonly AddressSet[]): ColumnDraft {
  const { ports, statements } = TARGETS[kind];
  return { kind, services: [id], ports, statements, cellOf: cellsOf(accessTo(kind, id, scene), statements, names) };
}

function cellsOf(
  { admitted, applier, unknown, past }: TargetAccess,
  statements: readonly StatementId[],
  names: readonly AddressSet[],
): (source: AddressSet) => Cell {
  if (unknown.length > 0 || admitted === undefined) return () => undecidedCell(unknown);
  const by = applier === undefined ? [] : [{ ...stateOf(applier), strength: Strength.ASSERTED, statements }];
  const where: readonly Limit[] = past.length === 0 ? [] : [{ ...THROUGH_THE_EDGE, kind: "except" }];
  const parts: readonly PartFrom[] = [
    { part: { ...PLAIN, kind: "allow", by, where }, from: admitted },
    { part: { ...PLAIN, kind: "block", by, where }, from: admitted.complement() },
    ...past.map((each): PartFrom => ({
      part: {
        ...{ ...PLAIN, kind: "allow", where: [THROUGH_THE_EDGE] },
        by: each.by.map((control) => enforced(control, ["PORTS-1"])),
      },
      from: AddressSet.everything(),
    })),
  ];
  return (source) => cellOf(parts, source, names);
}

/** Each Spectrum application is open to everybody, past every rule: https://developers.cloudflare.com/spectrum/ */
function spectrumDrafts({ model, edge }: Scene): readonly ColumnDraft[] {
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

function enforced(control: Control, statements: readonly StatementId[]) {
  return { ...control, strength: Strength.ENFORCED, statements };
}
