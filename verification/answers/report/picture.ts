import type { Environment } from "../../../policy/environment";
import type { Policy } from "../../../policy/policy";
import type { StatementId } from "../../../policy/statements";
import { distinctBy, groupedBy } from "../../collections";
import { isLowered, type StatementResult } from "../../statements/results";
import type { Cell, Column, EnvironmentMatrix, MatrixRow } from "../matrix/matrix";
import { ANYONE } from "../matrix/matrix-of";

/** Who reaches what in one environment, as a drawing: things, and arrows between them. */
export interface Picture {
  readonly environment: string;
  readonly things: readonly Thing[];
  readonly arrows: readonly Arrow[];
}

/** A thing that reaches others, or is reached. */
export interface Thing {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  /** Its hosts, or the ids by which a platform knows it. */
  readonly lines: readonly string[];
}

export type Role = "internet" | "source" | "edge" | "service" | "store" | "worker" | "vendor";

/** An arrow, or a way that is closed. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  /** Ports, and which requests are meant. */
  readonly labels: readonly string[];
  /** The results that say so: cells of the matrix, and statements. There is one at least. */
  readonly behind: readonly Behind[];
}

/** `accepted`: the environment accepts what is unknown of it. `declared`: it is written down only. */
export type ArrowKind = Cell["kind"] | "accepted" | "declared";

export type Behind =
  | { readonly column: string; readonly row: number }
  /** The id of a result. */
  | { readonly result: string };

/** The picture of an environment, of what its matrix and its results say. */
export function pictureOf(
  matrix: EnvironmentMatrix,
  { environment, edge }: { readonly environment: Environment; readonly edge: string },
  results: readonly StatementResult[],
): Picture {
  const told = (id: StatementId) =>
    results.filter(
      (each) => each.statement === id && each.environment === matrix.environment && each.verdict !== "not applicable",
    );
  const strokes = [
    ...matrixStrokes(matrix, environment, edge),
    ...told("WEB-1").flatMap((result) => originStrokes(environment, edge, result)),
    ...told("WORK-2").flatMap((result) => egressStrokes(environment, result)),
  ];
  const same = groupedBy(strokes, ({ from, to, kind }) => JSON.stringify([from.id, to.id, kind]));
  return {
    environment: matrix.environment,
    things: distinctBy(
      strokes.flatMap(({ from, to }) => [from, to]),
      ({ id }) => id,
    ),
    arrows: [...same.values()].flatMap(arrowOf),
  };
}

/** An arrow with one label and one result behind it. */
interface Stroke {
  readonly from: Thing;
  readonly to: Thing;
  readonly kind: ArrowKind;
  readonly label: string;
  readonly behind: Behind;
}

/** Strokes between the same things, of one kind, are one arrow. */
function arrowOf(strokes: readonly Stroke[]): readonly Arrow[] {
  const labels = [...new Set(strokes.map(({ label }) => label))];
  const behind = strokes.map((each) => each.behind);
  return strokes.slice(0, 1).map(({ from, to, kind }) => ({ from: from.id, to: to.id, kind, labels, behind }));
}

/** The part of a picture that another one of the environment doesn't draw; undefined where that is nothing. */
export function onlyIn(picture: Picture, other: Picture | undefined): Picture | undefined {
  const labelled = ({ from, to, kind }: Arrow, label: string): string => JSON.stringify([from, to, kind, label]);
  const drawn = new Set(other?.arrows.flatMap((arrow) => arrow.labels.map((label) => labelled(arrow, label))));
  const arrows = picture.arrows.flatMap((arrow) => {
    const labels = arrow.labels.filter((label) => !drawn.has(labelled(arrow, label)));
    return labels.length === 0 ? [] : [{ ...arrow, labels }];
  });
  const ends = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const things = picture.things.filter(({ id }) => ends.has(id));
  return arrows.length === 0 ? undefined : { ...picture, arrows, things };
}

export const edgeName = ({ environment: { zone }, edgeOwner }: Policy): string =>
  zone.kind === "owned" ? `Edge of ${zone.name}` : `Edge, owned by ${edgeOwner}`;

const INTERNET: Thing = { id: "internet", role: "internet", name: "Internet", lines: ["every address"] };

/** The cells of the matrix. A source that fares as anyone does is part of the internet there. */
function matrixStrokes({ columns, rows }: EnvironmentMatrix, environment: Environment, edge: string) {
  return columns.flatMap((column, at) => {
    const kindOf = (row: MatrixRow) => row.cells[at]?.kind;
    const inBothFamilies = (row: MatrixRow) =>
      rows.every((each) => each.source !== row.source || kindOf(each) === kindOf(row));
    return rows.flatMap((row, index): readonly Stroke[] => {
      const kind = kindOf(row);
      if (kind === undefined) return [];
      const anyone = rows.find((each) => each.source === ANYONE && each.family === row.family && kindOf(each) === kind);
      const from = anyone === undefined ? sourceThing(row.source, environment) : INTERNET;
      const families = inBothFamilies(anyone ?? row) ? "" : `, IPv${row.family} only`;
      const label = `${labelOf(column, environment)}${families}`;
      const behind = { column: column.id, row: index };
      return targetThings(column, environment, edge).map((to) => ({ from, to, kind, label, behind }));
    });
  });
}

/** The services of the environment stand for the addresses that they reach out from. */
function sourceThing(source: string, environment: Environment): Thing {
  const services = serviceThings(environment);
  const workers = (environment.workers ?? []).map(({ service }) => workerThing(service));
  const [own, second] = source.startsWith("backend") ? services : source === "workers" ? workers : [];
  if (own !== undefined && second === undefined) return own;
  return {
    id: `source ${source}`,
    role: "source",
    name: source.replace(/^./, (sign) => sign.toUpperCase()),
    lines: [],
  };
}

function targetThings({ kind, services }: Column, environment: Environment, edge: string): readonly Thing[] {
  switch (kind) {
    case "postgres":
      return services.map((id) => ({ id, role: "store", name: "Postgres", lines: [id] }));
    case "redis":
      return services.map((id) => ({ id, role: "store", name: "Redis", lines: [id] }));
    case "worker":
      return services.map(workerThing);
    default:
      return [edgeThing(environment, edge)];
  }
}

const edgeThing = ({ hosts }: Environment, name: string): Thing => ({
  ...{ id: "edge", role: "edge", name },
  lines: Object.keys(hosts),
});

const workerThing = (service: string): Thing => ({ id: service, role: "worker", name: "Worker", lines: [service] });

/** The web services of the environment, each with the hosts in front of it. */
function serviceThings({ hosts }: Environment): readonly Thing[] {
  const services = new Map(Object.values(hosts).map(({ service, address }) => [service, address]));
  return [...services].map(([service, address]) => ({
    ...{ id: service, role: "service", name: "Web service" },
    lines: [service, address],
  }));
}

function labelOf({ kind, ports, services, only }: Column, { hosts }: Environment): string {
  const isEvery = !isWeb(kind) || services.length === Object.keys(hosts).length;
  return [
    kind === "other ports" ? `${ports.length} other ports` : ports.join(", ") || "any port",
    ...(only === undefined ? [] : [only]),
    ...(isEvery ? [] : [`to ${services.join(", ")}`]),
  ].join(", ");
}

const isWeb = (kind: Column["kind"]): boolean => ["https", "http", "other ports", "spectrum"].includes(kind);

/** The origins behind the edge, as far as WEB-1 tells. */
function originStrokes(environment: Environment, edge: string, result: StatementResult): readonly Stroke[] {
  const [allow, block] = [outcomeOf(result, "allow"), outcomeOf(result, "block")];
  const behind = { result: result.id };
  const from = edgeThing(environment, edge);
  return serviceThings(environment).flatMap((to) => [
    { from, to, kind: allow, label: "with the edge's secret", behind },
    { from: INTERNET, to, kind: block, label: "past the edge", behind },
  ]);
}

/** The hosts that workers reach, as far as WORK-2 tells. */
function egressStrokes({ workers = [] }: Environment, result: StatementResult): readonly Stroke[] {
  const [allow, block] = [outcomeOf(result, "allow"), outcomeOf(result, "block")];
  const behind = { result: result.id };
  return workers.flatMap(({ service, reaches }) => {
    const from = workerThing(service);
    const vendors = reaches.map(({ vendor, hosts }): Thing => ({
      ...{ id: `vendor ${vendor}`, role: "vendor", name: vendor, lines: hosts },
    }));
    return [
      ...vendors.map((to) => ({ from, to, kind: allow, label: "443", behind })),
      { from, to: OTHER_HOSTS, kind: block, label: "every port", behind },
    ];
  });
}

const OTHER_HOSTS: Thing = { id: "others", role: "vendor", name: "Any other host", lines: [] };

/** The arrow of a statement that is proven; else how far the statement is from that. */
function outcomeOf(result: StatementResult, proven: ArrowKind): ArrowKind {
  if (result.verdict === "proven") return proven;
  if (isLowered(result)) return "declared";
  return result.verdict === "accepted" ? "accepted" : "undecided";
}
