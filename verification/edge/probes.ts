import { FAMILIES, LAST_ADDRESS, printAddress } from "../../network/address";
import { evaluate } from "./evaluate";
import { asRulesSee, type EdgeRequest } from "./evaluate/edge-request";
import type { Request } from "./evaluate/request";
import type { ZoneRule } from "./zone";
import { Answer, type Formula } from "../solver/formula";
import { type Axes, askedOf } from "../solver/axes";
import type { Asked } from "../solver/axis";
import { BudgetExceeded } from "../solver/budget";
import type { Literal, Answers } from "../solver/reason";
import type { Region } from "../solver/search";
import { requestsLikeOrAssuming } from "./similar-requests";
import { EdgeAxis, edgeAxes, type EdgeQuestion, type Point } from "./axes";
import type { Scope } from "./scope";
import type { SearchRules } from "./search-rules";
import { type Fields, fieldsOf } from "./fields";
import { pointOf, requestAt } from "./point";

/** A request of a region, and what is assumed of it. */
export interface Probe {
  readonly point: Point;
  readonly request: EdgeRequest;
  /** The request as the rules see it. */
  readonly seen: Request;
  /** Answers that are assumed, whether or not a request gives them. */
  readonly assumed: ReadonlyMap<number, boolean>;
  /** Whether the request gives all answers of its region, as far as a request shows them. */
  readonly isReal: boolean;
  readonly region: Region;
}

/** What a request shows. */
type Shown = Pick<Probe, "point" | "seen">;

/** How much one proof may cost, in answers that axes give for requests. */
const MOST_EFFORT = 1_000_000;
/** What an answer costs that is evaluated. */
const EVALUATED = 20;
/** How many steps of automata cost as much as an answer. */
const STEPS_AN_ANSWER = 32;

/** Requests of the regions of a scope, and their answers. */
export class Probes {
  private readonly axes: Axes<Point>;
  private readonly fixed = new Map<string, boolean>();
  private effort = 0;

  public constructor(
    private readonly rules: SearchRules,
    scope: Scope,
  ) {
    this.axes = edgeAxes(scope, rules.zone.normalised);
  }

  /** @throws BudgetExceeded naming the axis where it costs too much to say */
  public at(region: Region): Probe | "empty" | "no text" {
    const asked = this.askedIn(region);
    const point = this.axes.find(asked, (steps, axis) => this.spend(steps / STEPS_AN_ANSWER, axis));
    if (point === undefined) return "empty";
    const probe = this.probeAt(point, region);
    if (probe === undefined) return "no text";
    const others = region.filter(({ atom }) => this.questionOf(atom) === undefined);
    if (others.every((literal) => this.isGiven(literal, probe.seen) !== false)) return probe;
    return this.elsewhere(probe, others, asked) ?? { ...probe, isReal: false };
  }

  /** A request of the region that gives what another one doesn't; undefined where none is found. */
  private elsewhere(
    probe: Probe,
    others: readonly Literal[],
    asked: readonly Asked<EdgeQuestion>[],
  ): Probe | "empty" | undefined {
    for (const literal of others.filter((each) => this.isGiven(each, probe.seen) === false)) {
      const fields = this.fieldsAt(literal.atom);
      const isShown = fields !== undefined && fields.unknown.size === 0 && fields.occurring.size === 0;
      const points = isShown ? this.axes.pointsLike(probe.point, fields.shown) : undefined;
      const inside = points?.filter((point) => this.isInside(point, asked));
      const own = inside?.flatMap((point) => this.probeAt(point, probe.region) ?? []);
      const giving = own?.filter(({ seen }) => this.isGiven(literal, seen) === true);
      if (giving?.length === 0) return "empty";
      const found = giving?.find(({ seen }) => others.every((each) => this.isGiven(each, seen) !== false));
      if (found !== undefined) return found;
    }
    const real = this.realise(probe, probe.region);
    return real === undefined ? undefined : this.probeOf(real, probe.region);
  }

  private probeAt(point: Point, region: Region): Probe | undefined {
    const request = requestAt(point, this.rules.zone.normalised);
    return request === undefined ? undefined : this.probe(request, point, region);
  }

  private probeOf(request: EdgeRequest, region: Region): Probe {
    return this.probe(request, this.pointOf(request), region);
  }

  private probe(request: EdgeRequest, point: Point, region: Region): Probe {
    const others = region.filter(({ atom }) => this.questionOf(atom) === undefined);
    return {
      ...{ point, request, region, isReal: true },
      seen: this.seenOf(request),
      assumed: new Map(others.map(({ atom, holds }) => [atom, holds])),
    };
  }

  private seenOf(request: EdgeRequest): Request {
    return asRulesSee(request, this.rules.zone.normalised);
  }

  private pointOf(request: EdgeRequest): Point {
    return pointOf(request, this.rules.zone.normalised);
  }

  /** The answers of a probe: those of its request, and what is assumed in the place of what it doesn't show. */
  public answersAt({ point, seen, assumed, region }: Probe): Answers {
    const known = new Map<number, boolean>();
    const shown = { point, seen };
    const own = new Map(region.map(({ atom, holds }) => [atom, holds]));
    const holds = (atom: number): boolean => {
      const ready = known.get(atom) ?? assumed.get(atom) ?? this.answerOf(atom, shown) ?? false;
      known.set(atom, ready);
      return ready;
    };
    return {
      holds,
      cost: (literal) => (own.get(literal.atom) === literal.holds || this.isFixed(literal) ? 0 : this.costOf(literal)),
    };
  }

  /** @throws BudgetExceeded when too much has been asked */
  private answerOf(atom: number, { point, seen }: Shown): boolean | undefined {
    const { question, expression, text } = this.rules.conditions.at(atom);
    this.spend(question === undefined ? EVALUATED : 1, question?.axis ?? text);
    if (question !== undefined) return this.axes.holds(question, point);
    return expression && evaluate(expression, seen, this.rules.zone.lists).value;
  }

  private spend(effort: number, what: string): void {
    this.effort += effort;
    if (this.effort > MOST_EFFORT) throw new BudgetExceeded(what);
  }

  private costOf({ atom }: Literal): number {
    return this.questionOf(atom) === undefined ? 3 : 1;
  }

  /** Whether no request of the scope gives the other answer. */
  private isFixed({ atom, holds }: Literal): boolean {
    const question = this.questionOf(atom);
    if (question === undefined) return false;
    const key = `${atom} ${holds}`;
    const ready = this.fixed.get(key) ?? !this.isPossible({ question, holds: !holds });
    this.fixed.set(key, ready);
    return ready;
  }

  private isPossible(asked: Asked<EdgeQuestion>): boolean {
    try {
      return this.axes.isPossible(asked);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
      return true;
    }
  }

  /** A request that gives some answers itself, with what it assumes; undefined where none is found. */
  public realise({ request }: Probe, literals: readonly Literal[]): EdgeRequest | undefined {
    const metBy = (of: EdgeRequest, wanted: readonly Literal[]): readonly Literal[] => {
      const shown = { seen: this.seenOf(of), point: this.pointOf(of) };
      if (!this.axes.has(shown.point)) return [];
      return wanted.filter(({ atom, holds }) => this.answerOf(atom, shown) === holds);
    };
    let [best, met] = [request, metBy(request, literals)];
    for (const literal of literals) {
      const { expression } = this.rules.conditions.at(literal.atom);
      if (met.includes(literal)) continue;
      if (expression === undefined) return undefined;
      const kept = [literal, ...met];
      const found = requestsLikeOrAssuming(best, expression).find((other) => metBy(other, kept).length === kept.length);
      if (found === undefined) return undefined;
      [best, met] = [found, metBy(found, literals)];
    }
    return best;
  }

  /** The most natural request that is like another one. */
  public natural(request: EdgeRequest, isAlike: (other: EdgeRequest) => boolean): EdgeRequest {
    let best = request;
    for (const replaced of this.axes.moreNatural) {
      const others = replaced(this.pointOf(best)).flatMap((point) => {
        const other = requestAt(point, this.rules.zone.normalised);
        const { headers, assumed } = best;
        return other === undefined
          ? []
          : [
              {
                ...other,
                ...(headers === undefined ? {} : { headers }),
                ...(assumed === undefined ? {} : { assumed }),
              },
            ];
      });
      best = others.find(isAlike) ?? best;
    }
    return best;
  }

  /** The same request from an address of the other family, as far as some answers allow. */
  public fromOtherFamily(request: EdgeRequest, literals: readonly Literal[]): EdgeRequest | undefined {
    const { [EdgeAxis.SOURCE]: source } = this.pointOf(request);
    const family = FAMILIES.find((each) => each !== source.family);
    const all = (each: 4 | 6) => (each === family ? [{ first: 0n, last: LAST_ADDRESS[each] }] : []);
    const other = this.axes
      .axis(EdgeAxis.SOURCE)
      .find([{ question: { 4: all(4), 6: all(6) }, holds: true }, ...askedOf(EdgeAxis.SOURCE, this.askedIn(literals))]);
    return other === undefined ? undefined : { ...request, from: printAddress(other) };
  }

  /** The rules that some request of the scope may meet. */
  public mayHold(rules: readonly { readonly rule: ZoneRule; readonly formula: Formula }[]): readonly ZoneRule[] {
    const { formulas } = this.rules.conditions;
    return rules
      .filter(({ formula }) => {
        const fixed = [...formula.atoms].flatMap((atom): [number, Answer][] => {
          if (this.isFixed({ atom, holds: true })) return [[atom, Answer.YES]];
          return this.isFixed({ atom, holds: false }) ? [[atom, Answer.NO]] : [];
        });
        return formulas.restrict(formula, { known: new Map(fixed), freed: (atom) => atom }) !== formulas.no;
      })
      .map(({ rule }) => rule);
  }

  /** Whether an answer isn't decided by an axis. */
  public isOpen(atom: number): boolean {
    return this.questionOf(atom) === undefined;
  }

  /** Whether both answers occur for each request, whatever it shows. */
  public mayBeAny(atom: number): boolean {
    const fields = this.isOpen(atom) ? this.fieldsAt(atom) : undefined;
    return fields !== undefined && fields.occurring.size > 0 && fields.shown.size + fields.unknown.size === 0;
  }

  /** Whether an answer is neither shown by requests, nor one of two that occur for each. */
  public isUnknown(atom: number): boolean {
    if (!this.isOpen(atom) || this.mayBeAny(atom)) return false;
    const fields = this.fieldsAt(atom);
    return fields === undefined || fields.unknown.size + fields.occurring.size > 0;
  }

  /** What a region tells apart last. */
  public nameOf(region: Region): string {
    const last = region.at(-1);
    if (last === undefined) return "all fields together";
    const { question, text } = this.rules.conditions.at(last.atom);
    return question?.axis ?? text;
  }

  private fieldsAt(atom: number): Fields | undefined {
    const { expression } = this.rules.conditions.at(atom);
    return expression && fieldsOf(expression);
  }

  private isInside(point: Point, asked: readonly Asked<EdgeQuestion>[]): boolean {
    return asked.every(({ question, holds }) => this.axes.holds(question, point) === holds);
  }

  /** Whether a request gives an answer; undefined where it doesn't show it. */
  private isGiven({ atom, holds }: Literal, seen: Request): boolean | undefined {
    const { expression } = this.rules.conditions.at(atom);
    const value = expression && evaluate(expression, seen, this.rules.zone.lists).value;
    return value === undefined ? undefined : value === holds;
  }

  private askedIn(literals: readonly Literal[]): readonly Asked<EdgeQuestion>[] {
    return literals.flatMap(({ atom, holds }) => {
      const question = this.questionOf(atom);
      return question === undefined ? [] : [{ question, holds }];
    });
  }

  private questionOf(atom: number): EdgeQuestion | undefined {
    return this.rules.conditions.at(atom).question;
  }
}
