import { Accept } from "../../../../policy/accept";
import { Datastore } from "../../../../policy/datastore";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import type { Environment } from "../../../../policy/environment";
import { ApiHosts } from "../../../../policy/api-hosts";
import { Worker } from "../../../../policy/worker";
import type { Cell, EnvironmentMatrix, Matrix } from "../../../../verification/answers/matrix/matrix";
import { matrixOf } from "../../../../verification/answers/matrix/matrix-of";
import { anEnvironment } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { appOf } from "../explain/app";

export const PROJECT = "abcdefghijklmnopqrsu";
const REDIS = "red-c0ffee0c0ffee0c0ffee";
const WORKER = "srv-c0ffee0c0ffee0worker";

/** An environment with something of everything. */
export const SHOP: Environment = anEnvironment({
  egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee0c0ffee", ["203.0.113.10", "203.0.113.12"]),
  datastores: [Datastore.supabase(PROJECT), Datastore.renderKeyValue(REDIS)],
  workers: [Worker.render(WORKER, { reaches: [ApiHosts.OPENAI] })],
  accept: [Accept.declared("WORK-2", "no Gateway on this plan, so it is written down")],
});

export function matrixWith(change?: Change, environments: readonly Environment[] = [SHOP]): Matrix {
  return matrixOf(appOf(change, environments));
}

/** The matrix of the first environment. */
export function shopWith(change?: Change, environments?: readonly Environment[]): EnvironmentMatrix {
  const [first] = matrixWith(change, environments).environments;
  if (first === undefined) throw new Error("there is no environment");
  return first;
}

/** The cell of a source in the first column of a kind, or in that with these paths. */
export function cellIn(
  { columns, rows }: EnvironmentMatrix,
  [source, family]: readonly [string, 4 | 6],
  kind: string,
  only?: string,
): Cell {
  const column = columns.findIndex((each) => each.kind === kind && each.only === only);
  const row = rows.find((each) => each.source === source && each.family === family);
  const cell = row?.cells[column];
  if (cell === undefined) throw new Error(`there is no cell of ${source} for ${kind}`);
  return cell;
}

/** The outcome of each source of one family in one column, as a word. */
export function kindsIn(matrix: EnvironmentMatrix, kind: string, only?: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    matrix.rows.map(({ source, family }) => [`${source} ${family}`, cellIn(matrix, [source, family], kind, only).kind]),
  );
}
