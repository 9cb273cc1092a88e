import { type Expression, type FieldAccess, textOf, type Value, visit } from "../../network/rules-language";
import { EdgeAxis } from "./axes";
import { oncePer } from "../once-per";
import { OCCURRING } from "./facts";

const { CONNECTION, SOURCE, METHOD, HOST, QUERY, PATH } = EdgeAxis;

/** The fields that a request shows, and the axes that they are made of. */
const SHOWN: readonly (readonly [pattern: RegExp, axes: readonly EdgeAxis[]])[] = [
  [/^(?:ssl|cf\.edge\.server_port)$/, [CONNECTION]],
  [/^ip\.src$/, [SOURCE]],
  [/^http\.request\.method$/, [METHOD]],
  [/^http\.host$/, [HOST]],
  [/^(?:raw\.)?http\.request\.uri\.query$/, [QUERY]],
  [/^(?:raw\.)?http\.request\.uri\.args(?:\..*)?$/, [QUERY]],
  [/^(?:raw\.)?http\.request\.uri\.path(?:\.extension)?$/, [PATH]],
  [/^(?:raw\.)?http\.request\.uri$/, [PATH, QUERY]],
  [/^(?:raw\.)?http\.request\.full_uri$/, [CONNECTION, HOST, PATH, QUERY]],
];

/** What a condition asks about. */
export interface Fields {
  /** The axes that the fields are made of which a request shows. */
  readonly shown: ReadonlySet<EdgeAxis>;
  /** The fields that may have any of their values for each request. */
  readonly occurring: ReadonlySet<string>;
  /** The others: it is unknown what they are for a request. */
  readonly unknown: ReadonlySet<string>;
}

/** The fields of a condition. */
export const fieldsOf = oncePer((condition: Expression): Fields => {
  const shown = new Set<EdgeAxis>();
  const [occurring, unknown] = [new Set<string>(), new Set<string>()];
  const sort = (field: FieldAccess): void => {
    const axes = shownBy(field);
    if (axes !== undefined) axes.forEach((each) => shown.add(each));
    else if (OCCURRING.has(field.name)) occurring.add(field.name);
    else unknown.add(field.name);
  };
  visit(condition, {
    value: (value: Value) => {
      if (value.kind === "field") sort(value);
    },
    expression: (each) => {
      if (each.kind === "list-membership") unknown.add(`$${each.list}`);
    },
  });
  return { shown, occurring, unknown };
});

function shownBy({ name, indexes: [index] }: FieldAccess): readonly EdgeAxis[] | undefined {
  if (name === "http.request.headers" && index?.kind === "key" && textOf(index.key) === "host") return [HOST];
  return SHOWN.find(([pattern]) => pattern.test(name))?.[1];
}
