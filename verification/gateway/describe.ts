import { AddressSet } from "../../network/address-set";
import { complement, difference, intersection, type Intervals } from "../../network/intervals";
import { bytesOf } from "../../network/rules-language";
import { addressesByAnswers, type AddressRanges } from "../solver/address-axis";
import { oncePer } from "../once-per";
import { Answer } from "../solver/formula";
import type { Asked } from "../solver/axes";
import type { DecisionDiagram } from "../solver/decision-diagram";
import type { Dfa } from "../solver/language/dfa";
import { oneOf } from "../solver/language/words";
import type { PartitionClass } from "../solver/partition";
import type { Region } from "../solver/regions";
import { OTHER_HOST, type Connection, connectionAt, type ConnectionPoint, PORTS, PROTOCOLS } from "./connection";
import type { Rules } from "./rules";

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
  /** Accepts the names that have words of their own. */
  private readonly known: Dfa;
  private readonly sources: ReturnType<typeof addressesByAnswers>;

  public constructor(
    private readonly rules: Rules,
    private readonly partitions: DecisionDiagram<unknown, ConnectionPoint>["partitions"],
    /** The names that policies list. */
    private readonly listed: readonly string[],
  ) {
    this.known = oneOf(["", ...listed].map(bytesOf));
    this.sources = addressesByAnswers(this.questions<AddressRanges>("net.src.ip"));
  }

  public describe(region: Region): ConnectionsInWords {
    const all = this.partitions;
    const classes = <Field extends keyof ConnectionPoint>(
      field: Field,
    ): readonly PartitionClass<ConnectionPoint[Field]>[] =>
      all[field].classes.filter((_, index) => region.get(field)?.has(index) ?? true);
    const isAny = (field: keyof ConnectionPoint): boolean => classes(field).length === all[field].classes.length;
    const own = this.rules.axes.names.filter((field) => !isAny(field));
    const chosen = Object.fromEntries(own.map((field) => [field, classes(field)[0]?.examples[0]]));
    return {
      example: connectionAt({ ...(this.rules.axes.find([]) as ConnectionPoint), ...chosen }),
      sources: AddressSet.ofRanges(
        "sources",
        classes("net.src.ip").flatMap(({ answers }) => this.sources.get(answers.join()) ?? []),
      ),
      hosts: isAny("net.sni.host") ? ["any host"] : classes("net.sni.host").flatMap((each) => this.hostsOf(each)),
      ports: isAny("net.dst.port") ? ["any port"] : classes("net.dst.port").flatMap((each) => this.portsOf(each)),
      protocols: classes("net.protocol").flatMap((each) => this.within("net.protocol", each, PROTOCOLS)),
    };
  }

  private readonly hostsOf = oncePer((each: PartitionClass): readonly string[] => {
    if (each.examples[0] === "") return ["no server name"];
    const unlisted = [...this.asked<Dfa>("net.sni.host", each), { question: this.known, holds: false }];
    const other = this.rules.axes.axis("net.sni.host").find(unlisted);
    return [
      ...this.within("net.sni.host", each, this.listed),
      ...(other === undefined ? [] : [other === OTHER_HOST ? "any other host" : `hosts such as ${other}`]),
    ];
  });

  private readonly portsOf = oncePer((each: PartitionClass): readonly string[] => {
    const ports = this.asked<Intervals>("net.dst.port", each).reduce<Intervals>(
      (rest, { question, holds }) => intersection(rest, holds ? question : complement(question, PORTS.last)),
      [PORTS],
    );
    const others = difference([PORTS], ports, PORTS.last);
    return others.length < ports.length ? [`any port but ${portsInWords(others).join(", ")}`] : portsInWords(ports);
  });

  /** Those of some values that lie in a class. */
  private within<Field extends keyof ConnectionPoint>(
    field: Field,
    each: PartitionClass,
    values: readonly ConnectionPoint[Field][],
  ) {
    const axis = this.rules.axes.axis(field);
    const asked = this.asked(field, each);
    return values.filter((value) => asked.every(({ question, holds }) => axis.holds(question, value) === holds));
  }

  /** The answers that make a class. */
  private asked<Question>(field: keyof ConnectionPoint, { answers }: PartitionClass): readonly Asked<Question>[] {
    return this.questions<Question>(field).map((question, index) => ({
      question,
      holds: answers[index] === Answer.YES,
    }));
  }

  private questions<Question>(field: keyof ConnectionPoint): readonly Question[] {
    return this.partitions[field].atoms.map((atom) => this.rules.atomAt(atom).question?.asks as Question);
  }
}

function portsInWords(ports: Intervals): readonly string[] {
  return ports.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`));
}
