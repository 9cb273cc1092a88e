import { AddressSet } from "../../network/address-set";
import { addressesByAnswers } from "../solver/address-axis";
import type { DecisionDiagram } from "../solver/decision-diagram";
import { Answer } from "../solver/formula";
import type { Partition, PartitionClass } from "../solver/partition";
import { type BoxOptions, boxesOf, type Region } from "../solver/regions";
import { EdgeAxis, type EdgeQuestion, isStringQuestion, type Point, type StringAxis } from "./axes";
import { addressValues, ALL, type Values } from "./values";
import { stringValues } from "./describe-strings";
import { type Example, exampleOf, type Sought } from "./example";
import { type Connection, CONNECTIONS } from "./scope";
import type { EdgeSpace } from "./conditions";

/** A set of requests: each axis for itself. */
export interface RequestSet {
  /** Ports on which the proxy accepts a request; each speaks one scheme. */
  readonly ports: Values;
  readonly sources: Values;
  /** The addresses that the sources' names stand for. */
  readonly addresses: AddressSet;
  readonly methods: Values;
  readonly hosts: Values;
  /** As the rules see them. */
  readonly paths: Values;
  readonly queries: Values;
  /** Unknown conditions with assumed answers. The set holds the requests of which these are true, if any. */
  readonly given: readonly Given[];
}

/** A condition whose answer is unknown, and the answer that is assumed. */
export interface Given {
  readonly condition: string;
  readonly holds: boolean;
}

/** Requests that a diagram decides alike, in words and by an example. */
export interface DescribedBox<T> {
  readonly outcome: T;
  readonly requests: RequestSet;
  readonly example: Example;
}

/** The axes in the order in which sets of requests do without them: hosts and paths say most. */
export const WIDENED: readonly EdgeAxis[] = [
  EdgeAxis.QUERY,
  EdgeAxis.METHOD,
  EdgeAxis.CONNECTION,
  EdgeAxis.SOURCE,
  EdgeAxis.HOST,
  EdgeAxis.PATH,
];

/**
 * The requests with outcomes of some kind as few boxes, each made ready when it is asked for.
 *
 * @param asked the space of the diagram, and the rules that ask
 * @throws over budget when there are too many of them
 */
export function* describedBoxes<T, W extends T>(
  diagram: DecisionDiagram<T, Point>,
  { space, rules, names }: Pick<Sought, "space" | "rules"> & { readonly names: readonly AddressSet[] },
  options: Omit<BoxOptions<T, W>, "widened">,
): Iterable<DescribedBox<W>> {
  const { partitions } = diagram;
  const describer = new Describer(space, partitions, names);
  for (const { outcome, region, core } of boxesOf(diagram, { ...options, widened: WIDENED })) {
    yield { outcome, requests: describer.requests(region), example: exampleOf({ space, partitions, rules }, core) };
  }
}

/** Says in words which requests the regions of a diagram hold. */
class Describer {
  private readonly known = new Map<string, Values>();
  private readonly sources = new Map<string, AddressSet>();
  private ranges: ReturnType<typeof addressesByAnswers> | undefined;

  public constructor(
    private readonly space: EdgeSpace,
    private readonly partitions: DecisionDiagram<unknown, Point>["partitions"],
    private readonly names: readonly AddressSet[],
  ) {}

  public requests(region: Region): RequestSet {
    const of = (axis: EdgeAxis, values: (own: ReadonlySet<number>) => Values): Values => {
      const own = region.get(axis);
      if (own === undefined) return ALL;
      const key = `${axis} ${[...own].sort().join()}`;
      const ready = this.known.get(key) ?? values(own);
      this.known.set(key, ready);
      return ready;
    };
    const strings = (axis: StringAxis): Values => of(axis, (own) => this.strings(axis, own));
    return {
      ports: of(EdgeAxis.CONNECTION, (own) => this.ports(own)),
      sources: of(EdgeAxis.SOURCE, (own) => addressValues(this.addresses(own), this.names)),
      addresses: this.addresses(region.get(EdgeAxis.SOURCE)),
      methods: strings(EdgeAxis.METHOD),
      hosts: strings(EdgeAxis.HOST),
      paths: strings(EdgeAxis.PATH),
      queries: strings(EdgeAxis.QUERY),
      given: this.given(region),
    };
  }

  private ports(own: ReadonlySet<number>): Values {
    const { connections = CONNECTIONS } = this.space.scope;
    const wanted = this.answers(EdgeAxis.CONNECTION, own);
    const questions = this.questions(EdgeAxis.CONNECTION);
    const isInside = (connection: Connection): boolean =>
      wanted.has(questions.map((each) => Number(each.axis === EdgeAxis.CONNECTION && each.asks(connection))).join());
    const inside = connections.filter(isInside).map(({ port }) => String(port));
    const outside = connections.filter((each) => !isInside(each)).map(({ port }) => String(port));
    return outside.length < inside.length ? { kind: "except", names: outside } : { kind: "only", names: inside };
  }

  private addresses(own: ReadonlySet<number> | undefined): AddressSet {
    const { sources: within = AddressSet.everything() } = this.space.scope;
    if (own === undefined) return within;
    const key = [...own].sort().join();
    const asked = this.questions(EdgeAxis.SOURCE).flatMap((each) => (each.axis === EdgeAxis.SOURCE ? each.asks : []));
    this.ranges ??= addressesByAnswers(asked);
    const ranges = [...this.answers(EdgeAxis.SOURCE, own)].flatMap((answers) => this.ranges?.get(answers) ?? []);
    const ready = this.sources.get(key) ?? AddressSet.ofRanges("sources", ranges).intersection(within);
    this.sources.set(key, ready);
    return ready;
  }

  private strings(axis: StringAxis, own: ReadonlySet<number>): Values {
    const { atoms, classes } = this.partitions[axis];
    const conditions = atoms.flatMap((atom) => {
      const { text, question } = this.space.conditions.at(atom);
      return question !== undefined && isStringQuestion(question) ? { text, dfa: question.asks } : [];
    });
    const answers = classes.map((each) => each.answers);
    return stringValues(conditions, answers, own);
  }

  private given(region: Region): readonly Given[] {
    const assumed = [...region].flatMap(([split, own]) =>
      typeof split === "number" ? [[split, own.has(1)] as const] : assumedIn(this.partitions[split as EdgeAxis], own),
    );
    return assumed
      .map(([atom, holds]) => ({ condition: this.space.conditions.at(atom).text, holds }))
      .sort((one, other) => (one.condition < other.condition ? -1 : 1));
  }

  private questions(axis: EdgeAxis): readonly EdgeQuestion[] {
    return this.partitions[axis].atoms.flatMap((atom) => this.space.conditions.at(atom).question ?? []);
  }

  /** The sets of answers of some classes. */
  private answers(axis: EdgeAxis, own: ReadonlySet<number>): ReadonlySet<string> {
    const { classes } = this.partitions[axis];
    return new Set([...own].map((index) => classes[index]?.answers.join() ?? ""));
  }
}

/** The answers that are assumed of all values of some classes alike. */
function assumedIn({ atoms, classes }: Partition, own: ReadonlySet<number>): readonly (readonly [number, boolean])[] {
  const members: readonly PartitionClass[] = classes.filter((_, index) => own.has(index));
  return atoms.flatMap((atom, at) => {
    const answers = new Set(members.map((each) => (each.assumed.includes(atom) ? each.answers[at] : undefined)));
    const [only, ...others] = answers;
    return only === undefined || others.length > 0 ? [] : [[atom, only === Answer.YES] as const];
  });
}

/** The axes in the order in which they say how many requests are concerned. */
const MOST_FIRST = ["sources", "hosts", "paths", "methods", "queries", "ports"] as const;
const WIDEST_FIRST: readonly Values["kind"][] = ["all", "except", "only"];

/** How wide requests are, as a text: that of wider ones comes first. */
export function widthOf(requests: RequestSet): string {
  return MOST_FIRST.map((field) => WIDEST_FIRST.indexOf(requests[field].kind)).join("");
}
