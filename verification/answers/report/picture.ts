import type { Environment } from "../../../policy/environment";
import type { Policy } from "../../../policy/policy";
import type { StatementId } from "../../../policy/statements";
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
  const canvas = new Canvas();
  const own = results.filter((each) => each.environment === matrix.environment);
  const resultOf = (id: StatementId) => own.find(({ statement }) => statement === id);
  drawMatrix(canvas, matrix, environment, edge);
  drawOrigins(canvas, environment, edge, resultOf("WEB-1"));
  drawEgress(canvas, environment, resultOf("WORK-2"));
  return canvas.picture(matrix.environment);
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

/** The name of the edge that an environment lives behind. */
export const edgeName = ({ environment: { zone }, edgeOwner }: Policy): string =>
  zone.kind === "owned" ? `Edge of ${zone.name}` : `Edge, owned by ${edgeOwner}`;

/** Things and arrows as they are found: what is drawn twice is one. */
class Canvas {
  private readonly things = new Map<string, Thing>();
  private readonly arrows = new Map<string, Arrow>();

  public draw(from: Thing, to: Thing, kind: ArrowKind, label: string, behind: Behind): void {
    this.things.set(from.id, from);
    this.things.set(to.id, to);
    const key = JSON.stringify([from.id, to.id, kind]);
    const { labels, behind: others } = this.arrows.get(key) ?? { labels: [], behind: [] };
    this.arrows.set(key, {
      ...{ from: from.id, to: to.id, kind },
      labels: [...new Set([...labels, label])],
      behind: [...others, behind],
    });
  }

  public picture(environment: string): Picture {
    return { environment, things: [...this.things.values()], arrows: [...this.arrows.values()] };
  }
}

const INTERNET: Thing = { id: "internet", role: "internet", name: "Internet", lines: ["every address"] };

/** The cells of the matrix. A source that fares as anyone does is part of the internet there. */
function drawMatrix(
  canvas: Canvas,
  { columns, rows }: EnvironmentMatrix,
  environment: Environment,
  edge: string,
): void {
  columns.forEach((column, at) => {
    const kindOf = (row: MatrixRow) => row.cells[at]?.kind;
    const anyone = (row: MatrixRow) => rows.find((each) => each.source === ANYONE && each.family === row.family);
    const inBothFamilies = (row: MatrixRow) =>
      rows.every((each) => each.source !== row.source || kindOf(each) === kindOf(row));
    rows.forEach((row, index) => {
      const kind = kindOf(row);
      if (kind === undefined) return;
      const other = anyone(row);
      const from = other !== undefined && kindOf(other) === kind ? INTERNET : sourceThing(row.source, environment);
      const alike = from === INTERNET ? inBothFamilies(other ?? row) : inBothFamilies(row);
      const label = alike ? labelOf(column, environment) : `${labelOf(column, environment)}, IPv${row.family} only`;
      for (const to of targetThings(column, environment, edge)) {
        canvas.draw(from, to, kind, label, { column: column.id, row: index });
      }
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
function drawOrigins(
  canvas: Canvas,
  environment: Environment,
  edge: string,
  result: StatementResult | undefined,
): void {
  if (result === undefined || result.verdict === "not applicable") return;
  const behind = { result: result.id };
  for (const service of serviceThings(environment)) {
    canvas.draw(edgeThing(environment, edge), service, outcomeOf(result, "allow"), "with the edge's secret", behind);
    canvas.draw(INTERNET, service, outcomeOf(result, "block"), "past the edge", behind);
  }
}

/** The hosts that workers reach, as far as WORK-2 tells. */
function drawEgress(canvas: Canvas, { workers = [] }: Environment, result: StatementResult | undefined): void {
  if (result === undefined || result.verdict === "not applicable") return;
  const behind = { result: result.id };
  for (const { service, reaches } of workers) {
    const worker = workerThing(service);
    for (const { vendor, hosts } of reaches) {
      const thing: Thing = { id: `vendor ${vendor}`, role: "vendor", name: vendor, lines: hosts };
      canvas.draw(worker, thing, outcomeOf(result, "allow"), "443", behind);
    }
    canvas.draw(worker, OTHER_HOSTS, outcomeOf(result, "block"), "every port", behind);
  }
}

const OTHER_HOSTS: Thing = { id: "others", role: "vendor", name: "Any other host", lines: [] };

/** The arrow of a statement that is proven; else how far the statement is from that. */
function outcomeOf(result: StatementResult, proven: ArrowKind): ArrowKind {
  if (result.verdict === "proven") return proven;
  if (isLowered(result)) return "declared";
  return result.verdict === "accepted" ? "accepted" : "undecided";
}
