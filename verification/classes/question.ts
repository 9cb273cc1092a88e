import type { Predicate } from "../../network/rules-language";
import type { Lists } from "../edge/evaluate";
import { addressesOf } from "./address-question";
import type { AddressRanges } from "./addresses";
import type { Connection } from "./connections";
import { Dimension } from "./dimension";
import { integerTest } from "./integers";
import type { Machine } from "./machines/machine";
import { stringQuestion } from "./string-question";

/** The dimensions whose values are strings. */
export type StringDimension = Dimension.METHOD | Dimension.HOST | Dimension.QUERY | Dimension.PATH;

/** What a predicate asks of one dimension of a request. */
export type Question = AddressQuestion | ConnectionQuestion | StringQuestion;

export interface AddressQuestion {
  readonly dimension: Dimension.SOURCE;
  readonly addresses: AddressRanges;
}

export interface ConnectionQuestion {
  readonly dimension: Dimension.CONNECTION;
  readonly holds: (connection: Connection) => boolean;
}

export interface StringQuestion {
  readonly dimension: StringDimension;
  readonly machine: Machine;
}

const STRING_FIELDS: ReadonlyMap<string, StringDimension> = new Map(
  [Dimension.METHOD, Dimension.HOST, Dimension.QUERY, Dimension.PATH].map((field) => [field, field as StringDimension]),
);

/**
 * What a predicate asks of one dimension; undefined where it asks for something else, or for more than one. What has no
 * question is free: both answers have to be considered.
 */
export function questionOf(predicate: Predicate, lists: Lists): Question | undefined {
  const { operand } = predicate;
  const field = operand.kind === "field" && operand.indexes.length === 0 ? operand.name : undefined;
  if (field === "ip.src") {
    const addresses = addressesOf(predicate, lists);
    return addresses === undefined ? undefined : { dimension: Dimension.SOURCE, addresses };
  }
  if (field === "ssl" && predicate.kind === "truth") {
    return { dimension: Dimension.CONNECTION, holds: ({ scheme }) => scheme === "https" };
  }
  if (field === "cf.edge.server_port") {
    const test = integerTest(predicate);
    return test === undefined
      ? undefined
      : { dimension: Dimension.CONNECTION, holds: ({ port }) => test(BigInt(port)) };
  }
  const asked = stringQuestion(predicate);
  const dimension = STRING_FIELDS.get(asked?.field ?? "");
  return asked === undefined || dimension === undefined ? undefined : { dimension, machine: asked.machine };
}
