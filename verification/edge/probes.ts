import { LAST_ADDRESS, printAddress } from "../../network/address";
import { oncePer } from "../once-per";
import { type Axes, askedOf, type Asked } from "../solver/axes";
import { overBudget, withinBudget } from "../solver/budget";
import { Answer, type Formula } from "../solver/formula";
import type { Answers, Literal, Cube } from "../solver/search";
import { EdgeAxis, edgeAxes, type EdgeQuestion, type Point, pointOf, requestAt } from "./axes";
import type { Condition } from "./conditions";
import { evaluate } from "./evaluate/evaluate";
import { asRulesSee, type EdgeRequest } from "./evaluate/edge-request";
import type { Request } from "./evaluate/request";
import { fieldsOf } from "./fields";
import type { Scope } from "./scope";
import type { SearchRules } from "./rules";
import { adjusted, requestsLikeOrAssuming } from "./similar-requests";
import type { ZoneRule } from "./zone";

/** A request of a cube, and its assumptions. */
export interface Probe {
  readonly point: Point;
  readonly request: EdgeRequest;
  /** The request as the rules see it. */
  readonly seen: Request;
  /** Answers that are assumed, whether or not a request gives them. */
  readonly assumed: ReadonlyMap<number, boolean>;
  /** Whether the request gives all answers of its cube, as far as a request shows them. */
  readonly isReal: boolean;
  readonly cube: Cube;
}

/** How much one proof may cost, in answers that axes give for requests. */
const MOST_EFFORT = 1_000_000;
/** The cost of an answer that is evaluated. */
const EVALUATED = 20;
/** How many steps of DFAs cost as much as an answer. */
const STEPS_AN_ANSWER = 32;

/** Requests of the cubes of a scope, and their answers. */
export class Probes {
  private readonly axes: Axes<Point>;
  private readonly normalised: boolean;
  private readonly fixed = new Map<string, boolean>();
  private effort = 0;

  public constructor(
    private readonly rules: SearchRules,
    scope: Scope,
  ) {
    this.normalised = rules.zone.normalised;
    this.axes = edgeAxes(scope, this.normalised);
  }

  /** @throws over budget naming the axis where it costs too much to say */
  public at(cube: Cube): Probe | "empty" | "no text" {
    const asked = this.askedIn(cube);
    const point = this.axes.find(asked, (steps, axis) => this.spend(steps / STEPS_AN_ANSWER, axis));
    if (point === undefined) return "empty";
    const probe = this.probeAt(point, cube);
    if (probe === undefined) return "no text";
    const others = this.openIn(cube);
    if (others.every((literal) => this.gives(literal, probe.seen) !== false)) return probe;
    return this.elsewhere(probe, others, asked) ?? { ...probe, isReal: false };
  }

  /** A request of the cube that gives an answer which another one doesn't give; undefined where none is found. */
  private elsewhere(
    probe: Probe,
    others: readonly Literal[],
    asked: readonly Asked<EdgeQuestion>[],
  ): Probe | "empty" | undefined {
    const isInside = (point: Point): boolean =>
      asked.every(({ question, holds }) => this.axes.holds(question, point) === holds);
    for (const literal of others.filter((each) => this.gives(each, probe.seen) === false)) {
      const { expression, basis } = this.conditionAt(literal.atom);
      const shown = expression !== undefined && basis === "request" ? fieldsOf(expression).shown : undefined;
      const points = shown && this.axes.pointsLike(probe.point, shown)?.filter(isInside);
      const own = points?.flatMap((point) => this.probeAt(point, probe.cube) ?? []);
      const giving = own?.filter(({ seen }) => this.gives(literal, seen) === true);
      if (giving?.length === 0) return "empty";
      const found = giving?.find(({ seen }) => others.every((each) => this.gives(each, seen) !== false));
      if (found !== undefined) return found;
    }
    const real = this.realise(probe, probe.cube);
    return real && this.probe(real, this.pointOf(real), probe.cube);
  }

  private probeAt(point: Point, cube: Cube): Probe | undefined {
    const request = requestAt(point, this.normalised);
    return request && this.probe(request, point, cube);
  }

  private probe(request: EdgeRequest, point: Point, cube: Cube): Probe {
    const others = this.openIn(cube);
    return {
      ...{ point, request, cube, isReal: true, seen: asRulesSee(request, this.normalised) },
      assumed: new Map(others.map(({ atom, holds }) => [atom, holds])),
    };
  }

  private pointOf(request: EdgeRequest): Point {
    return pointOf(request, this.normalised);
  }

  /** The answers of a probe: those of its request, and an assumption for each field that it doesn't show. */
  public answersAt({ point, seen, assumed, cube }: Probe): Answers {
    const known = new Map<number, boolean>();
    const own = new Map(cube.map(({ atom, holds }) => [atom, holds]));
    const holds = (atom: number): boolean => {
      const ready = known.get(atom) ?? assumed.get(atom) ?? this.answerOf(atom, point, seen) ?? false;
      known.set(atom, ready);
      return ready;
    };
    const costOf = ({ atom }: Literal): number => (this.conditionAt(atom).basis === "axis" ? 1 : 3);
    return {
      holds,
      cost: (literal) => (own.get(literal.atom) === literal.holds || this.isFixed(literal) ? 0 : costOf(literal)),
    };
  }

  /** @throws over budget when too much has been asked */
  private answerOf(atom: number, point: Point, seen: Request): boolean | undefined {
    const { question, text } = this.conditionAt(atom);
    this.spend(question === undefined ? EVALUATED : 1, question?.axis ?? text);
    return question === undefined ? this.verdictOf(atom, seen) : this.axes.holds(question, point);
  }

  private verdictOf(atom: number, seen: Request): boolean | undefined {
    const { expression } = this.conditionAt(atom);
    return expression && evaluate(expression, seen, this.rules.zone.lists).value;
  }

  private spend(effort: number, what: string): void {
    this.effort += effort;
    if (this.effort > MOST_EFFORT) overBudget(what);
  }

  /** Whether no request of the scope gives the other answer. */
  private isFixed({ atom, holds }: Literal): boolean {
    const { question } = this.conditionAt(atom);
    if (question === undefined) return false;
    const key = `${atom} ${holds}`;
    const other = { question: question.asks, holds: !holds };
    const isFixed = (): boolean =>
      withinBudget(
        () => this.axes.axis(question.axis).find([other]) === undefined,
        () => false,
      );
    const ready = this.fixed.get(key) ?? isFixed();
    this.fixed.set(key, ready);
    return ready;
  }

  /** A request that gives some answers itself, with its assumptions; undefined where none is found. */
  public realise({ request }: Probe, literals: readonly Literal[]): EdgeRequest | undefined {
    const shownBy = oncePer((of: EdgeRequest) => {
      const point = this.pointOf(of);
      return { point, seen: asRulesSee(of, this.normalised), isInside: this.axes.has(point) };
    });
    const isMet = ({ atom, holds }: Literal, of: EdgeRequest): boolean => {
      const { point, seen, isInside } = shownBy(of);
      return isInside && this.answerOf(atom, point, seen) === holds;
    };
    const found = adjusted(request, literals, isMet, ({ atom }, best) => {
      const { expression } = this.conditionAt(atom);
      return expression === undefined ? [] : requestsLikeOrAssuming(best, expression);
    });
    return literals.every((literal) => isMet(literal, found)) ? found : undefined;
  }

  /** The most natural request that is like another one. */
  public natural(request: EdgeRequest, isAlike: (other: EdgeRequest) => boolean): EdgeRequest {
    return this.axes.moreNatural.reduce((best, replaced) => {
      const { headers, assumed } = best;
      const others = replaced(this.pointOf(best)).flatMap((point) => requestAt(point, this.normalised) ?? []);
      const kept = { ...(headers === undefined ? {} : { headers }), ...(assumed === undefined ? {} : { assumed }) };
      return others.map((other) => ({ ...other, ...kept })).find(isAlike) ?? best;
    }, request);
  }

  /** The same request from an address of the other family, as far as some answers allow. */
  public fromOtherFamily(request: EdgeRequest, literals: readonly Literal[]): EdgeRequest | undefined {
    const { [EdgeAxis.SOURCE]: source } = this.pointOf(request);
    const all = (family: 4 | 6) => (family === source.family ? [] : [{ first: 0n, last: LAST_ADDRESS[family] }]);
    const other = this.axes
      .axis(EdgeAxis.SOURCE)
      .find([{ question: { 4: all(4), 6: all(6) }, holds: true }, ...askedOf(EdgeAxis.SOURCE, this.askedIn(literals))]);
    return other && { ...request, from: printAddress(other) };
  }

  /** The rules that some request of the scope may meet. */
  public reachable(rules: readonly { readonly rule: ZoneRule; readonly formula: Formula }[]): readonly ZoneRule[] {
    const { formulas } = this.rules.conditions;
    const answerOf = (atom: number): readonly Answer[] => [
      ...(this.isFixed({ atom, holds: true }) ? [Answer.YES] : []),
      ...(this.isFixed({ atom, holds: false }) ? [Answer.NO] : []),
    ];
    return rules
      .filter(({ formula }) => {
        const known = [...formula.atoms].flatMap((atom) => answerOf(atom).map((answer) => [atom, answer] as const));
        return formulas.restrict(formula, new Map(known)) !== formulas.no;
      })
      .map(({ rule }) => rule);
  }

  /** The axis or condition that a cube tells apart last. */
  public nameOf(cube: Cube): string {
    const last = cube.at(-1);
    if (last === undefined) return "all fields together";
    const { question, text } = this.conditionAt(last.atom);
    return question?.axis ?? text;
  }

  private openIn(cube: Cube): readonly Literal[] {
    return cube.filter(({ atom }) => this.conditionAt(atom).basis !== "axis");
  }

  private conditionAt(atom: number): Condition {
    return this.rules.conditions.at(atom);
  }

  /** Whether a request gives an answer; undefined where it doesn't show it. */
  private gives({ atom, holds }: Literal, seen: Request): boolean | undefined {
    const value = this.verdictOf(atom, seen);
    return value === undefined ? undefined : value === holds;
  }

  private askedIn(literals: readonly Literal[]): readonly Asked<EdgeQuestion>[] {
    return literals.flatMap(({ atom, holds }) => {
      const { question } = this.conditionAt(atom);
      return question === undefined ? [] : [{ question, holds }];
    });
  }
}
