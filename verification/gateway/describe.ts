import { FAMILIES } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { complement, difference, intersection, type Intervals } from "../../network/intervals";
import type { Bytes } from "../../network/rules-language";
import type { AddressRanges } from "../solver/address-axis";
import { Answer, answerOf } from "../solver/formula";
import type { Axis } from "../solver/axis";
import type { DecisionDiagram } from "../solver/decision-diagram";
import type { PartitionClass } from "../solver/partition";
import type { Region } from "../solver/regions";
import { connectionAt, OTHER_HOST, type Point } from "./axes";
import { type Connection, PORTS, PROTOCOLS } from "./connection";
import type { Rules } from "./rules";

/** Some connections in words. */
export interface ConnectionsInWords {
  /** One of them, the most natural. */
  readonly example: Connection;
  readonly sources: AddressSet;
  /** Such as `api.example.com`, `any other host`, `any host` or `no server name`. */
  readonly hosts: readonly string[];
  /** Such as `443`, `1024-65535`, `any port but 443` or `any port`. */
  readonly ports: readonly string[];
  readonly protocols: readonly string[];
}

/** Says in words which connections lie in regions of one diagram. */
export class Describer {
  public constructor(
    private readonly rules: Rules,
    private readonly partitions: DecisionDiagram<unknown, Point>["partitions"],
    /** The names that policies list. */
    private readonly listed: readonly string[],
  ) {}

  public describe(region: Region): ConnectionsInWords {
    const all = this.partitions;
    const classes = <Field extends keyof Point>(field: Field): readonly PartitionClass<Point[Field]>[] =>
      all[field].classes.filter((_, index) => region.get(field)?.has(index) ?? true);
    const isAny = (field: keyof Point): boolean => classes(field).length === all[field].classes.length;
    const own = this.rules.axes.names.filter((field) => !isAny(field));
    const chosen = Object.fromEntries(own.map((field) => [field, classes(field)[0]?.examples[0]]));
    return {
      example: connectionAt({ ...(this.rules.axes.find([]) as Point), ...chosen }),
      sources: classes("net.src.ip")
        .map((each) => this.sourcesOf(each))
        .reduce((union, each) => union.union(each), AddressSet.empty("sources")),
      hosts: isAny("net.sni.host") ? ["any host"] : classes("net.sni.host").flatMap((each) => this.hostsOf(each)),
      ports: isAny("net.dst.port") ? ["any port"] : classes("net.dst.port").flatMap((each) => this.portsOf(each)),
      protocols: classes("net.protocol").flatMap((each) => this.holding("net.protocol", each, PROTOCOLS)),
    };
  }

  private sourcesOf({ answers }: PartitionClass): AddressSet {
    const sets = this.questions("net.src.ip").map((asks) => setOf(asks as AddressRanges));
    return sets.reduce(
      (rest, set, index) => (answers[index] === Answer.YES ? rest.intersection(set) : rest.difference(set)),
      AddressSet.everything(),
    );
  }

  private hostsOf(each: PartitionClass<Bytes>): readonly string[] {
    const own = this.holding("net.sni.host", each, this.listed);
    const [example = ""] = each.examples;
    if (own.length > 0) return own;
    if (example === "") return ["no server name"];
    return [example === OTHER_HOST ? "any other host" : `hosts such as ${example}`];
  }

  private portsOf({ answers }: PartitionClass): readonly string[] {
    const sets = this.questions("net.dst.port").map((asks) => asks as Intervals);
    const ports = sets.reduce<Intervals>(
      (rest, set, index) => intersection(rest, answers[index] === Answer.YES ? set : complement(set, PORTS.last)),
      [PORTS],
    );
    const others = difference([PORTS], ports, PORTS.last);
    return others.length < ports.length ? [`any port but ${portsInWords(others).join(", ")}`] : portsInWords(ports);
  }

  /** The values that lie in a class. */
  private holding<Value>(field: keyof Point, { answers }: PartitionClass, values: readonly Value[]): readonly Value[] {
    const axis = this.rules.axes.axis(field) as Axis<unknown, unknown>;
    const questions = this.questions(field);
    return values.filter((value) =>
      questions.every((asks, index) => answerOf(axis.holds(asks, value)) === answers[index]),
    );
  }

  private questions(field: keyof Point): readonly unknown[] {
    return this.partitions[field].atoms.map((atom) => this.rules.atomAt(atom).question?.asks);
  }
}

function portsInWords(ports: Intervals): readonly string[] {
  return ports.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`));
}

function setOf(ranges: AddressRanges): AddressSet {
  const all = FAMILIES.flatMap((family) => ranges[family].map((range) => ({ family, ...range })));
  return AddressSet.ofRanges("asked", all);
}
