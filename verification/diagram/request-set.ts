import { AddressSet } from "../../network/address-set";
import { EdgeAxis, isStringQuestion, type Point, type StringAxis } from "../edge/axes";
import { type Connection, CONNECTIONS } from "../edge/connections";
import type { Scope } from "../edge/scope";
import { Answer } from "../solver/answer";
import { addressesByAnswers, addressValues } from "./address-values";
import type { DecisionDiagram } from "../solver/decision-diagram";
import type { Partition } from "../solver/partition";
import type { Region } from "../solver/regions";
import type { Language } from "./language";
import { stringValues } from "./string-values";
import { ALL, type NamedAddresses, type Values } from "./values";

/** A set of requests: each field for itself. */
export interface RequestSet {
  /** Ports on which the proxy accepts a request; each speaks one scheme. */
  readonly ports: Values;
  readonly sources: Values;
  /** What the sources' names stand for. */
  readonly addresses: AddressSet;
  readonly methods: Values;
  readonly hosts: Values;
  /** As the rules see them. */
  readonly paths: Values;
  readonly queries: Values;
  /** What nobody here can tell of a request. It speaks of those of which this is true, if there are any. */
  readonly given: readonly Given[];
}

/** A condition whose answer isn't known, and the answer that is assumed. */
export interface Given {
  readonly condition: string;
  readonly holds: boolean;
}

/** The axes in the order in which sets do without them: hosts and paths say most. */
export const WIDENED: readonly EdgeAxis[] = [
  EdgeAxis.QUERY,
  EdgeAxis.METHOD,
  EdgeAxis.CONNECTION,
  EdgeAxis.SOURCE,
  EdgeAxis.HOST,
  EdgeAxis.PATH,
];

/** What a region of a diagram is called. */
export class Namer {
  private readonly within: AddressSet;
  private readonly connections: readonly Connection[];
  private readonly strings = new Map<string, Values>();
  private ranges: ReturnType<typeof addressesByAnswers> | undefined;
  private readonly sources = new Map<string, { readonly addresses: AddressSet; readonly values: Values }>();

  public constructor(
    private readonly language: Language,
    private readonly partitions: DecisionDiagram<unknown, Point>["partitions"],
    private readonly names: readonly NamedAddresses[],
    { sources = AddressSet.everything(), connections = CONNECTIONS }: Scope,
  ) {
    this.within = sources;
    this.connections = connections;
  }

  public setOf(region: Region): RequestSet {
    const { addresses, values } = this.sourcesOf(region);
    return {
      ports: this.portsOf(region),
      ...{ sources: values, addresses },
      methods: this.stringsOf(EdgeAxis.METHOD, region),
      hosts: this.stringsOf(EdgeAxis.HOST, region),
      paths: this.stringsOf(EdgeAxis.PATH, region),
      queries: this.stringsOf(EdgeAxis.QUERY, region),
      given: this.givenOf(region),
    };
  }

  private portsOf(region: Region): Values {
    const wanted = this.answersOf(EdgeAxis.CONNECTION, region);
    if (wanted === undefined) return ALL;
    const questions = this.questionsOf(EdgeAxis.CONNECTION);
    const isInside = (connection: Connection): boolean =>
      wanted.has(
        questions.map((question) => Number(question.axis === EdgeAxis.CONNECTION && question.asks(connection))).join(),
      );
    const inside = this.connections.filter(isInside).map(({ port }) => String(port));
    const outside = this.connections.filter((each) => !isInside(each)).map(({ port }) => String(port));
    return outside.length < inside.length ? { kind: "except", names: outside } : { kind: "only", names: inside };
  }

  private sourcesOf(region: Region) {
    const wanted = this.answersOf(EdgeAxis.SOURCE, region);
    const key = wanted === undefined ? "all" : [...wanted].join(" ");
    const ready = this.sources.get(key) ?? this.nameSources(wanted);
    this.sources.set(key, ready);
    return ready;
  }

  private nameSources(wanted: ReadonlySet<string> | undefined) {
    if (wanted === undefined) return { addresses: this.within, values: ALL };
    const asked = this.questionsOf(EdgeAxis.SOURCE).flatMap((each) => (each.axis === EdgeAxis.SOURCE ? each.asks : []));
    this.ranges ??= addressesByAnswers(asked);
    const ranges = [...wanted].flatMap((answers) => this.ranges?.get(answers) ?? []);
    const addresses = AddressSet.ofRanges("sources", ranges).intersection(this.within);
    return { addresses, values: addressValues(addresses, this.names) };
  }

  private stringsOf(axis: StringAxis, region: Region): Values {
    const own = region.get(axis);
    if (own === undefined) return ALL;
    const key = `${axis} ${[...own].sort().join()}`;
    const ready = this.strings.get(key) ?? this.nameStrings(axis, own);
    this.strings.set(key, ready);
    return ready;
  }

  private nameStrings(axis: StringAxis, own: ReadonlySet<number>): Values {
    const { atoms, classes } = this.partitions[axis];
    const conditions = atoms.flatMap((atom) => {
      const { text, question } = this.language.at(atom);
      return question !== undefined && isStringQuestion(question) ? { text, dfa: question.asks } : [];
    });
    const answers = classes.map((each) => each.answers);
    return stringValues(conditions, answers, own);
  }

  private givenOf(region: Region): readonly Given[] {
    const free = [...region].flatMap(([axis, answers]) =>
      typeof axis === "number"
        ? [[axis, answers.has(1)] as const]
        : this.assumedIn(this.partitions[axis as EdgeAxis], answers),
    );
    return free
      .map(([atom, holds]) => ({ condition: this.language.at(atom).text, holds }))
      .sort((one, other) => (one.condition < other.condition ? -1 : 1));
  }

  /** What is assumed of all values of some classes alike. */
  private assumedIn({ atoms, classes }: Partition, own: ReadonlySet<number>): readonly (readonly [number, boolean])[] {
    const members = classes.filter((_, index) => own.has(index));
    return atoms.flatMap((atom, at) => {
      const answers = new Set(members.map((each) => (each.assumed.includes(atom) ? each.answers[at] : undefined)));
      const [only, ...others] = answers;
      return only === undefined || others.length > 0 ? [] : [[atom, only === Answer.YES] as const];
    });
  }

  private questionsOf(axis: EdgeAxis) {
    return this.partitions[axis].atoms.flatMap((atom) => this.language.at(atom).question ?? []);
  }

  /** The sets of answers of a region's classes; undefined where it has all. */
  private answersOf(axis: EdgeAxis, region: Region): ReadonlySet<string> | undefined {
    const { classes } = this.partitions[axis];
    const own = region.get(axis);
    return own && new Set([...own].map((index) => classes[index]?.answers.join() ?? ""));
  }
}
