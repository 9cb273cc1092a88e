import { BudgetExceeded } from "../classes/budget";
import { Treatment } from "../edge/treatment";
import type { EdgeRequest } from "../evaluate/edge-request";
import { trace } from "../evaluate/trace";
import type { EdgeZone, ZoneRule } from "../model/edge-zone";
import { type Cell, Diagram, type Way } from "./diagram";
import { type EdgeRule, EdgeRules } from "./edge-rules";
import { ACCEPTED, type End, type Expectation, type Judgement, Quantifier } from "./expectation";
import { allOf, type Proof, type Undecided, type Violated } from "./proof";
import { casesOf } from "./rewrites";
import { isSamePlace } from "./same-place";
import type { Scope } from "./scope";
import { Spaces } from "./spaces";
import { requestsOf } from "./witness";

/**
 * Decides for all requests of a scope whether a zone's edge does with them what is expected.
 *
 * Requests are split into the finitely many classes that the rules tell apart; one of each is traced. Rules whose ends
 * are accepted anyway take part only once some request needs them, so the rules of others cost nothing. Nothing is ever
 * sampled: what can't be told apart, or costs too much, is undecided.
 */
export function prove(zone: EdgeZone, scope: Scope, expectation: Expectation): Proof {
  const cases = casesOf(zone, scope, expectation);
  if (cases !== undefined) return allOf(cases.map((each) => proveCase(each.zone, each.scope, each.expectation)));
  return proveCase(zone, scope, expectation);
}

function proveCase(zone: EdgeZone, scope: Scope, expectation: Expectation): Proof {
  try {
    return new Prover(zone, scope, expectation).prove();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    const reasons = [`the rules tell apart too many values of ${error.what}`];
    return { kind: "undecided", reasons, witness: undefined };
  }
}

/** What one cell's witness shows: nothing against the statement, a rule that is needed, or a finding. */
type Finding = Violated | Undecided | { readonly kind: "needed"; readonly rule: EdgeRule };

class Prover {
  private readonly edge: EdgeRules;
  private readonly spaces: Spaces;
  private readonly diagram: Diagram;
  /** Every rule that can end a request, and those of them that take part. */
  private readonly all: readonly EdgeRule[];
  private active: readonly EdgeRule[];

  public constructor(
    zone: EdgeZone,
    scope: Scope,
    private readonly expectation: Expectation,
  ) {
    this.edge = new EdgeRules(zone, expectation.watch ?? (() => undefined));
    this.spaces = new Spaces(scope, this.edge.normalised);
    this.diagram = new Diagram(this.edge, this.spaces);
    this.all = this.edge.rules.filter(({ treatment }) => treatment === Treatment.ENDS);
    this.active = this.all.filter(({ rule }) => !expectation.alwaysAccepted.has(rule.action));
  }

  public prove(): Proof {
    const { unknownPhases } = this.edge;
    if (unknownPhases.length > 0) {
      return { kind: "undecided", reasons: unknownPhases.map((phase) => `rules of ${phase}`), witness: undefined };
    }
    for (;;) {
      const cells = this.diagram.build(this.active);
      const findings = this.diagram.cells.flatMap((cell) => this.examine(cell) ?? []);
      const needed = new Set(findings.flatMap((finding) => (finding.kind === "needed" ? finding.rule : [])));
      if (needed.size === 0) return this.conclude(cells, findings);
      this.active = this.all.filter((rule) => this.active.includes(rule) || needed.has(rule));
    }
  }

  private conclude(cells: number, findings: readonly Finding[]): Proof {
    const violations = findings.filter((finding) => finding.kind === "violated");
    const smallest = violations.sort((one, other) => sizeOf(one.witness) - sizeOf(other.witness))[0];
    if (smallest !== undefined) return smallest;
    const open = findings.filter((finding) => finding.kind === "undecided");
    if (open.length > 0) {
      const reasons = [...new Set(open.flatMap((finding) => finding.reasons))];
      return { kind: "undecided", reasons, witness: open[0]?.witness };
    }
    if (cells === 0) return { kind: "not applicable" };
    const endings = this.diagram.cells.flatMap(({ ways }) => ways.flatMap(({ ending }) => ending?.rule ?? []));
    const deciding = [...new Set(endings)];
    return { kind: "proven", cells, rules: this.active.length, deciding, possible: this.possible() };
  }

  private possible(): readonly ZoneRule[] {
    return this.edge.rules
      .filter(({ treatment }) => treatment === Treatment.MAY_BLOCK)
      .filter(({ formula }) => this.diagram.fold(formula) !== this.edge.formulas.no)
      .map(({ rule }) => rule);
  }

  private examine({ witness, ways }: Cell): Finding | undefined {
    const requests = requestsOf(witness, this.edge.normalised);
    if (requests.length === 0) {
      return { kind: "undecided", reasons: ["a request that matters can't be written as text"], witness: undefined };
    }
    const findings = requests.map((request) => this.examineRequest(request, ways));
    const violated = findings.flatMap((finding) => (finding?.kind === "violated" ? finding : []));
    const [first, ...also] = violated;
    if (first !== undefined) return { ...first, also: also.map((other) => other.witness) };
    return findings.find((finding) => finding !== undefined);
  }

  private examineRequest(request: EdgeRequest, ways: readonly Way[]): Finding | undefined {
    const findings = ways.map((way) => this.examineWay(request, way));
    const accepted = findings.some((finding) => finding === undefined);
    if (this.expectation.quantifier === Quantifier.POSSIBLY && accepted) return undefined;
    return findings.find((finding) => finding?.kind === "needed") ?? findings.find((finding) => finding !== undefined);
  }

  private examineWay(request: EdgeRequest, way: Way): Finding | undefined {
    const end = this.endOf(request, this.active, way.answers);
    if (!isSamePlace(end.rule, way.ending?.rule)) {
      const reason = `the classes and the evaluator disagree about rule ${(way.ending?.rule ?? end.rule)?.ref ?? ""}`;
      return { kind: "undecided", reasons: [reason], witness: request };
    }
    return this.judge(end).kind === "accepted" ? undefined : this.refine(request, way);
  }

  /** What all rules do with a request that the active ones don't end as expected. */
  private refine(request: EdgeRequest, way: Way): Finding {
    const end = this.endOf(request, this.all, way.answers);
    const missing = this.all.find(({ rule }) => isSamePlace(rule, end.rule));
    if (missing !== undefined && !this.active.includes(missing)) return { kind: "needed", rule: missing };
    const isAssumed = way.answers.size > 0 && this.expectation.quantifier === Quantifier.ALWAYS;
    const real = isAssumed ? this.endOf(request, this.all) : end;
    const { kind } = this.judge(real);
    return kind === "refused" && !this.edge.rewritesUrls
      ? { kind: "violated", witness: request, also: [], destination: real.destination, rule: real.rule }
      : { kind: "undecided", reasons: this.reasons(end, real, way), witness: request };
  }

  private reasons(assumed: End, real: End, { answers }: Way): readonly string[] {
    const known = [assumed, real].map((end) => this.judge(end)).find(({ kind }) => kind === "undecided");
    if (known?.kind === "undecided") return known.reasons;
    if (this.edge.rewritesUrls) return ["rules rewrite URLs, so the request is one behind them"];
    return [...answers.keys()].map((atom) => `requests of one class differ in ${this.edge.atoms.at(atom).text}`);
  }

  /** Where nobody knows the end, anything is possible. */
  private judge(end: End): Judgement {
    const { judge, quantifier } = this.expectation;
    if (end.destination.kind !== "undecided") return judge(end);
    const { reasons } = end.destination;
    return quantifier === Quantifier.POSSIBLY ? ACCEPTED : { kind: "undecided", reasons };
  }

  private endOf(request: EdgeRequest, rules: readonly EdgeRule[], answers?: ReadonlyMap<number, boolean>): End {
    const { destination, ending } = trace(this.edge.zoneOf(rules, answers), request);
    return { request, destination, rule: ending };
  }
}

function sizeOf({ host, target, method = "" }: EdgeRequest): number {
  return host.length + target.length + method.length;
}
