import { AddressSet } from "../../network/address-set";
import { type Bytes, bytesOf } from "../../network/rules-language";
import { addressClasses } from "../classes/addresses";
import { connectionClasses, CONNECTIONS } from "../classes/connections";
import { Dimension } from "../classes/dimension";
import { HOST_BYTES, METHOD_BYTES, NORMALISED, PATH_BYTES, QUERY_BYTES, ROOTED } from "../classes/machines/domains";
import type { Machine } from "../classes/machines/machine";
import { oneOf } from "../classes/machines/words";
import { NATURAL_BYTES, NATURAL_METHOD_BYTES } from "../classes/natural-bytes";
import type { StringDomain } from "../classes/product";
import type { Question, StringDimension } from "../classes/question";
import { type Likely, stringClasses } from "../classes/string-classes";
import { normalisePath } from "./evaluate/normalise-path";
import type { Answer } from "../solver/answer";
import type { Scope } from "./scope";
import type { Witness } from "./witness";

/** The values of one dimension that have the same answers, and the part of a witness that stands for them. */
export interface DimensionClass {
  /** One answer for each question. */
  readonly answers: readonly Answer[];
  readonly witness: Partial<Witness>;
}

/** The strings of a dimension, and which part of a witness they are. */
export interface StringSpace {
  readonly domain: StringDomain;
  readonly likely: Likely;
  readonly part: "method" | "host" | "query" | "path";
}

/** The values of each dimension that a scope leaves. */
export class Spaces {
  private readonly strings: Readonly<Record<StringDimension, StringSpace>>;

  public constructor(
    private readonly scope: Scope,
    normalised: boolean,
  ) {
    this.strings = stringSpaces(scope, normalised);
  }

  /**
   * The classes of a dimension that some questions about it tell apart. With no question it is one class, or none where
   * the scope leaves no value.
   *
   * @throws BudgetExceeded when there are too many of them
   */
  public classes(dimension: Dimension, questions: readonly Question[]): readonly DimensionClass[] {
    const { connections = CONNECTIONS, sources = AddressSet.everything() } = this.scope;
    switch (dimension) {
      case Dimension.CONNECTION: {
        const asked = questions.flatMap((question) => ("holds" in question ? question.holds : []));
        return connectionClasses(connections, asked).map(({ answers, witness }) => ({
          answers,
          witness: { connection: witness },
        }));
      }
      case Dimension.SOURCE: {
        const asked = questions.flatMap((question) => ("addresses" in question ? question.addresses : []));
        return addressClasses(sources.ranges, asked).map(({ answers, witnesses }) => ({
          answers,
          witness: { sources: witnesses },
        }));
      }
      default: {
        const asked = questions.flatMap((question) => ("machine" in question ? question.machine : []));
        const { domain, likely, part } = this.strings[dimension];
        return stringClasses(domain, asked, likely).map(({ answers, witness }) => ({
          answers,
          witness: { [part]: witness },
        }));
      }
    }
  }
}

export function stringSpaces(
  { hosts, methods, queries, paths, likely = { hosts: [], paths: [] } }: Scope,
  normalised: boolean,
): Readonly<Record<StringDimension, StringSpace>> {
  const space = (
    part: StringSpace["part"],
    name: StringDimension,
    machines: readonly Machine[],
    values: readonly string[],
  ): StringSpace => ({
    part,
    domain: { name, machines, bytes: part === "method" ? NATURAL_METHOD_BYTES : NATURAL_BYTES },
    likely: { values: values.map(bytesOf), tidied: part === "path" && normalised ? normalisePath : unchanged },
  });
  return {
    [Dimension.METHOD]: space("method", Dimension.METHOD, [METHOD_BYTES, ...among(methods)], ["GET", "POST"]),
    [Dimension.HOST]: space("host", Dimension.HOST, [HOST_BYTES, ...among(hosts)], likely.hosts),
    [Dimension.QUERY]: space("query", Dimension.QUERY, [QUERY_BYTES, ...among(queries)], [""]),
    [Dimension.PATH]: space(
      "path",
      Dimension.PATH,
      [PATH_BYTES, normalised ? NORMALISED : ROOTED, ...among(paths)],
      likely.paths,
    ),
  };
}

function among(values: readonly string[] | Machine | undefined): readonly Machine[] {
  if (values === undefined) return [];
  return ["step" in values ? values : oneOf(values.map(bytesOf))];
}

const unchanged = (witness: Bytes): Bytes => witness;
