import { tooManyValues, type Condition } from "./conditions";
import type { EdgeRequest } from "./evaluate/edge-request";
import { trace } from "./evaluate/trace";
import type { EdgeZone, ZoneRule } from "./zone";
import { overBudget, withinBudget } from "../solver/budget";
import { type Literal, type Cube, type Look, search } from "../solver/search";
import {
  type EndedRequest,
  type Expectation,
  type Judgement,
  Quantifier,
  allOf,
  type Proof,
  type Undecided,
  type Violated,
} from "./proof";
import { type Probe, Probes } from "./probes";
import { casesOf, type RewriteCase } from "./rewrite-cases";
import { Treatment } from "./phases";
import type { Scope } from "./scope";
import { type SearchRules, searchRulesOf, type Walk, walk } from "./rules";
import { shownCondition } from "./secrecy";

/**
 * Decides whether a zone's edge treats all requests of a scope as expected.
 *
 * One request is followed through the rules, and the answers that were enough for its end settle all requests that give
 * them. The other requests are looked at in the same way, until none is left. So rules that no end needs cost nothing,
 * wherever they stand. Nothing is ever sampled: a question that costs too much is undecided.
 */
export function prove(zone: EdgeZone, scope: Scope, expectation: Expectation): Proof {
  return allOf((casesOf(zone, scope, expectation) ?? [{ zone, scope, expectation }]).map(proveCase));
}

function proveCase({ zone, scope, expectation, replaced }: RewriteCase): Proof {
  const rules = searchRulesOf(zone, expectation, replaced);
  const { unknownPhases } = rules;
  if (unknownPhases.length > 0) {
    return { kind: "undecided", reasons: unknownPhases.map((phase) => `rules of ${phase}`), request: undefined };
  }
  return withinBudget(
    () => new Prover(rules, new Probes(rules, scope), expectation).prove(),
    (what) => ({ kind: "undecided", reasons: [tooManyValues(what)], request: undefined }),
  );
}

/** How many answers a request that isn't decided may depend on, so that others like it are left out. */
const MOST_LEFT_OUT = 64;

class Prover {
  private violation: Violated | undefined;
  private readonly undecided: Undecided[] = [];
  private readonly settled: Walk[] = [];
  private readonly avoided = new Set<ZoneRule>();

  public constructor(
    private readonly rules: SearchRules,
    private readonly probes: Probes,
    private readonly expectation: Expectation,
  ) {}

  public prove(): Proof {
    search(
      (cube) => this.look(cube),
      (cube) => this.probes.nameOf(cube),
    );
    if (this.violation !== undefined) return this.violation;
    const [first] = this.undecided;
    if (first !== undefined) {
      const reasons = [...new Set(this.undecided.flatMap((each) => each.reasons))];
      return { kind: "undecided", reasons, request: first.request };
    }
    if (this.settled.length === 0) return { kind: "not applicable" };
    const deciding = new Set(this.settled.flatMap(({ ending }) => ending?.rule ?? []));
    return {
      kind: "proven",
      cells: this.settled.length,
      rules: deciding.size,
      deciding: [...deciding],
      possible: [...this.probes.reachable(this.rules.mayBlock), ...this.avoided],
    };
  }

  private look(cube: Cube): Look {
    const probe = this.probes.at(cube);
    if (probe === "empty") return { kind: "empty" };
    if (probe === "no text") return this.leave(["a request that matters can't be written as text"], undefined, []);
    return this.expectation.quantifier === Quantifier.POSSIBLY ? this.lookForOne(probe) : this.lookForAll(probe);
  }

  private lookForAll(probe: Probe): Look {
    const found = this.follow(probe);
    if (this.judge(this.endOf(probe, found)).kind === "accepted") return this.settle(found);
    const { literals } = this.follow(probe, true);
    const given = [...probe.cube, ...literals];
    const counterexample = this.realised(probe, given);
    if (counterexample !== undefined) {
      this.violation = this.violatedBy(counterexample, given);
      return { kind: "over" };
    }
    return this.leave(this.reasons(probe, found, given), probe.request, literals);
  }

  /** Some value of the unconstrained fields has to lead each request to an accepted end. */
  private lookForOne(probe: Probe): Look {
    const { accepted, refused, isOpen } = this.possibility(probe);
    const shown = (literals: readonly Literal[]) => literals.filter((literal) => !this.isAssumed(literal));
    if (accepted !== undefined) return this.settle({ ...accepted, literals: shown(accepted.literals) });
    const given = [...probe.cube, ...refused.literals];
    const isCertain = !isOpen && probe.isReal && given.every(({ atom }) => this.basisOf(atom) !== "nothing");
    const counterexample = isCertain ? this.realised(probe, given) : undefined;
    if (counterexample !== undefined) {
      this.violation = this.violatedBy(counterexample, given);
      return { kind: "over" };
    }
    return this.leave(this.reasons(probe, refused, given), probe.request, shown(refused.literals));
  }

  /** Assumes values of unconstrained fields, one after another, as far as the end depends on them. */
  private possibility(probe: Probe): Possibility {
    const refused: Walk[] = [];
    let isOpen = false;
    const open: ReadonlyMap<number, boolean>[] = [new Map()];
    const seen = new Set<string>();
    for (const assumed of open) {
      if (seen.size > MOST_ASSUMED) overBudget(this.probes.nameOf(probe.cube));
      const given = { ...probe, assumed: new Map([...probe.assumed, ...assumed]) };
      const found = this.follow(given);
      const own = found.literals.filter((literal) => this.isAssumed(literal));
      const isAccepted = this.judge(this.endOf(given, found)).kind === "accepted";
      if (isAccepted && this.probes.realise(probe, own) !== undefined) {
        this.avoid(own);
        return { accepted: found, refused: found, isOpen };
      }
      // It isn't known whether there are requests with these values.
      isOpen ||= isAccepted;
      refused.push(found);
      for (const { atom, holds } of own) {
        if (assumed.has(atom)) continue;
        const next = new Map([...assumed, [atom, !holds] as const]);
        const key = [...next]
          .map((each) => each.join("="))
          .sort()
          .join();
        if (!seen.has(key)) open.push(next);
        seen.add(key);
      }
    }
    return { refused: refused[0] as Walk, isOpen };
  }

  /** Rules that would stop some of the requests, by values of unconstrained fields. */
  private avoid(assumed: readonly Literal[]): void {
    const atoms = new Set(assumed.map(({ atom }) => atom));
    for (const { rule, formula, treatment } of this.rules.phases.flat()) {
      if (treatment !== Treatment.SKIPS && [...formula.atoms].some((atom) => atoms.has(atom))) this.avoided.add(rule);
    }
  }

  private follow(probe: Probe, all = false): Walk {
    return walk(this.rules.phases, this.probes.answersAt(probe), probe.seen, all);
  }

  private settle(found: Walk): Look {
    this.settled.push(found);
    return { kind: "settled", by: found.literals };
  }

  /**
   * Leaves a request undecided, and those like it as far as that is cheap. The search goes on: there may be a violation
   * elsewhere.
   */
  private leave(reasons: readonly string[], request: EdgeRequest | undefined, by: readonly Literal[]): Look {
    this.undecided.push({ kind: "undecided", reasons, request });
    return by.length === 0 || by.length > MOST_LEFT_OUT ? { kind: "empty" } : { kind: "settled", by };
  }

  /** A request that the evaluator refuses, too, with its assumptions; undefined where none is found. */
  private realised(probe: Probe, literals: readonly Literal[]): EdgeRequest | undefined {
    if (this.rules.isRewritten) return undefined;
    const isRefused = (request: EdgeRequest): boolean => this.judge(this.realEnd(request)).kind === "refused";
    if (isRefused(probe.request)) return probe.request;
    const real = this.probes.realise(probe, literals);
    return real !== undefined && isRefused(real) ? real : undefined;
  }

  private violatedBy(request: EdgeRequest, literals: readonly Literal[]): Violated {
    const before = this.realEnd(request);
    const isAlike = (other: EdgeRequest): boolean => {
      const end = this.realEnd(other);
      return this.judge(end).kind === "refused" && end.rule === before.rule;
    };
    const counterexample = this.probes.natural(request, isAlike);
    const { destination, rule } = this.realEnd(counterexample);
    const other = this.probes.fromOtherFamily(counterexample, literals);
    return {
      kind: "violated",
      counterexample,
      also: [other].flatMap((each) => each ?? []).filter(isAlike),
      destination,
      rule,
    };
  }

  private reasons(probe: Probe, found: Walk, literals: readonly Literal[]): readonly string[] {
    const known = [this.realEnd(probe.request), this.endOf(probe, found)]
      .map((end) => this.judge(end))
      .find(({ kind }) => kind === "undecided");
    if (known?.kind === "undecided") return known.reasons;
    if (this.rules.isRewritten) return ["rules rewrite URLs, so the request is one behind them"];
    const open = literals.filter(({ atom }) => this.basisOf(atom) !== "axis");
    return open.length === 0
      ? ["the axes and the evaluator disagree"]
      : open.flatMap(({ atom }) => this.differing(atom));
  }

  /** That requests of one class differ in a condition, for each rule that asks it. */
  private differing(atom: number): readonly string[] {
    const asking = this.rules.phases
      .flat()
      .filter(({ formula, watched }) => formula.atoms.has(atom) || watched.atoms.has(atom));
    const difference = `requests of one class differ in ${shownCondition(this.rules.conditions.at(atom))}`;
    return asking.length === 0 ? [difference] : asking.map(({ rule }) => `rule ${rule.ref}: ${difference}`);
  }

  private isAssumed({ atom }: Literal): boolean {
    return this.basisOf(atom) === "assumption";
  }

  private basisOf(atom: number): Condition["basis"] {
    return this.rules.conditions.at(atom).basis;
  }

  private endOf({ request }: Probe, { destination, ending }: Walk): EndedRequest {
    return { request, destination, rule: ending?.rule };
  }

  private realEnd(request: EdgeRequest): EndedRequest {
    const { destination, ending } = trace(this.rules.zone, request);
    return { request, destination, rule: ending };
  }

  private judge(end: EndedRequest): Judgement {
    if (end.destination.kind !== "undecided") return this.expectation.judge(end);
    return { kind: "undecided", reasons: end.destination.reasons };
  }
}

/** The ends that one request may have, as assumed values of open fields show. */
interface Possibility {
  /** An end that is accepted, with values that occur. */
  readonly accepted?: Walk;
  readonly refused: Walk;
  /** Whether other values may lead to an end that is accepted. */
  readonly isOpen: boolean;
}

/** How many assumptions are tried for one request. */
const MOST_ASSUMED = 64;
