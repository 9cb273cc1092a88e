import {
  type Argument,
  ComparisonOperator,
  type Expression,
  isLiteral,
  isMapped,
  isValue,
  LogicalOperator,
  type Predicate,
  print,
  type Quantification,
  Quantifier,
  typeOfExpression,
  type Value,
} from "../../../network/rules-language";
import { callFunction } from "./functions";
import {
  allOf,
  elements,
  follow,
  isArray,
  known,
  MISSING,
  type Outcome,
  type RuntimeValue,
  type Unknown,
  unknown,
} from "./values";
import { type Lists, testOf } from "./predicate-test";
import type { Request } from "./request";
import { Verdict } from "./verdict";

const NO_LISTS: Lists = new Map();

/** Answers that are taken for known, by the texts of conditions that are no combinations. */
export type Assumed = ReadonlyMap<string, boolean>;

const NOTHING_ASSUMED: Assumed = new Map();

/**
 * Decides one request by one filter expression, as Cloudflare's engine does.
 *
 * The verdict is undecided, with its reasons, where it depends on a missing field or list, a regular expression in
 * Unicode mode, a result that no documentation states, or `ne` of a missing value. An unknown that does not influence
 * the verdict leaves it decided.
 *
 * @param lists the account's lists; none is known by default
 * @param assumed answers to take for known; none by default
 */
export function evaluate(
  expression: Expression,
  request: Request,
  lists: Lists = NO_LISTS,
  assumed: Assumed = NOTHING_ASSUMED,
): Verdict {
  return new Evaluator(request, lists, assumed).decide(expression);
}

/**
 * Computes a value expression, such as the target of a redirect, for one request.
 *
 * @param lists the account's lists; none is known by default
 */
export function evaluateValue(value: Value, request: Request, lists: Lists = NO_LISTS): Outcome {
  return new Evaluator(request, lists, NOTHING_ASSUMED).evaluate(value);
}

/** The verdicts of an expression over `[*]`, one for each element; or why they are not known. */
type Verdicts = readonly Verdict[] | Unknown;

const JOIN: Readonly<Record<LogicalOperator, (parts: Iterable<Verdict>) => Verdict>> = {
  [LogicalOperator.AND]: (parts) => Verdict.and(parts),
  [LogicalOperator.OR]: (parts) => Verdict.or(parts),
  [LogicalOperator.XOR]: (parts) => Verdict.xor(parts),
};

const JOINED: Readonly<Record<Quantifier, LogicalOperator>> = {
  [Quantifier.ANY]: LogicalOperator.OR,
  [Quantifier.ALL]: LogicalOperator.AND,
};

/** Where Cloudflare's engine and its documentation part: https://developers.cloudflare.com/ruleset-engine/rules-language/values/ */
const MISSING_NOT_EQUAL = Verdict.undecided(
  "whether a missing value differs from another is true for Cloudflare's engine and false in its documentation",
);

/** Decides expressions for one request. */
class Evaluator {
  public constructor(
    private readonly request: Request,
    private readonly lists: Lists,
    private readonly assumed: Assumed,
  ) {}

  /** The verdict of an expression of type Boolean. */
  public decide(expression: Expression): Verdict {
    switch (expression.kind) {
      case "always":
        return Verdict.TRUE;
      case "negation":
        return this.decide(expression.operand).not();
      case "combination":
        return JOIN[expression.operator](this.decideEach(expression.operands));
      default:
        return this.answer(expression);
    }
  }

  private answer(expression: Predicate | Quantification): Verdict {
    const assumed = this.assumed.size > 0 ? this.assumed.get(print(expression)) : undefined;
    if (assumed !== undefined) return Verdict.of(assumed);
    return expression.kind === "quantification"
      ? this.reduce(expression.quantifier, expression.argument)
      : this.ask(expression, this.evaluate(expression.operand));
  }

  /** The outcome of a value without `[*]` at its end. */
  public evaluate(value: Value): Outcome {
    return follow(this.base(value), value.indexes);
  }

  /** Lazily, since the first operands often decide. */
  private *decideEach(expressions: readonly Expression[]): Iterable<Verdict> {
    for (const expression of expressions) yield this.decide(expression);
  }

  private ask(predicate: Predicate, outcome: Outcome): Verdict {
    switch (outcome.kind) {
      case "known":
        return testOf(predicate)(outcome.value, this.lists);
      case "unknown":
        return Verdict.undecided(...outcome.reasons);
      case "missing":
        return isNotEqual(predicate) ? MISSING_NOT_EQUAL : Verdict.FALSE;
    }
  }

  /** A value that is missing as a whole makes even `all` false; an expression over it has no elements. */
  private reduce(quantifier: Quantifier, argument: Expression | Value): Verdict {
    const verdicts = isValue(argument) ? this.truths(argument) : this.decideElements(argument);
    if (verdicts === undefined) return Verdict.FALSE;
    return isList(verdicts) ? JOIN[JOINED[quantifier]](verdicts) : Verdict.undecided(...verdicts.reasons);
  }

  private truths(value: Value): Verdicts | undefined {
    const outcome = isMapped(value) ? this.mapped(value) : this.evaluate(value);
    if (outcome.kind === "unknown") return outcome;
    return outcome.kind === "missing" ? undefined : truthsOf(outcome.value);
  }

  /** The verdicts of an expression of type Array<Boolean>. */
  private decideElements(expression: Expression): Verdicts {
    switch (expression.kind) {
      case "negation": {
        const verdicts = this.decideElements(expression.operand);
        return isList(verdicts) ? verdicts.map((verdict) => verdict.not()) : verdicts;
      }
      case "combination":
        return this.join(expression.operator, expression.operands);
      case "always":
      case "quantification":
        return [this.decide(expression)];
      default:
        return this.askElements(expression);
    }
  }

  /** Joins element by element, as far as the shortest operand goes. */
  private join(operator: LogicalOperator, operands: readonly Expression[]): Verdicts {
    const all = operands.map((operand) => this.decideElements(operand));
    const open = all.flatMap((verdicts) => (isList(verdicts) ? [] : verdicts.reasons));
    if (open.length > 0) return unknown(...open);
    const lists = all.filter(isList);
    const length = Math.min(...lists.map((verdicts) => verdicts.length));
    return Array.from({ length }, (_, index) => JOIN[operator](lists.flatMap((verdicts) => verdicts[index] ?? [])));
  }

  private askElements(predicate: Predicate): Verdicts {
    const { operand } = predicate;
    const base = this.base(operand);
    if (base.kind === "unknown") return base;
    if (base.kind === "missing") return [];
    if (isMapped(operand)) {
      return elements(base.value, operand.indexes).map((value) => this.ask(predicate, known(value)));
    }
    const outcome = follow(base, operand.indexes);
    return outcome.kind === "known" ? truthsOf(outcome.value) : [];
  }

  /** A value before its indexes. */
  private base(value: Value): Outcome {
    if (value.kind === "call") return this.call(value.name, value.arguments);
    const given = this.request.get(value.name);
    return given === undefined ? unknown(`the value of ${value.name} is not known`) : known(given);
  }

  /** A call whose first argument has `[*]` is made for each element; elements without a result are left out. */
  private call(name: string, given: readonly Argument[]): Outcome {
    const [first, ...others] = given;
    if (first === undefined || !isValue(first) || !isMapped(first)) {
      return callFunction(
        name,
        given.map((argument) => this.argument(argument)),
      );
    }
    const mapped = this.mapped(first);
    if (mapped.kind !== "known" || !isArray(mapped.value)) return mapped;
    const further = others.map((argument) => this.argument(argument));
    return allOf(mapped.value.map((element) => callFunction(name, [known(element), ...further])));
  }

  private argument(argument: Argument): Outcome {
    if (isLiteral(argument)) return known(argument.value);
    if (isValue(argument)) return isMapped(argument) ? this.mapped(argument) : this.evaluate(argument);
    if (typeOfExpression(argument).kind === "boolean") return outcomeOf(this.decide(argument));
    const verdicts = this.decideElements(argument);
    return isList(verdicts) ? allOf(verdicts.map(outcomeOf)) : verdicts;
  }

  /** All values behind `[*]`, as one array. It is missing where `[*]` comes last and there is nothing to take it from. */
  private mapped(value: Value): Outcome {
    const base = this.base(value);
    if (base.kind !== "known") return base;
    const last = value.indexes.length - 1;
    const prefix = value.indexes.slice(0, last);
    const isPlain = value.indexes[last]?.kind === "each" && prefix.every(({ kind }) => kind !== "each");
    if (isPlain && follow(base, prefix).kind === "missing") return MISSING;
    return known(elements(base.value, value.indexes));
  }
}

function isList(verdicts: Verdicts): verdicts is readonly Verdict[] {
  return Array.isArray(verdicts);
}

function truthsOf(value: RuntimeValue): readonly Verdict[] {
  return isArray(value) ? value.map((element) => Verdict.of(element === true)) : [];
}

function outcomeOf(verdict: Verdict): Outcome {
  return verdict.value === undefined ? unknown(...verdict.reasons) : known(verdict.value);
}

function isNotEqual(predicate: Predicate): boolean {
  return predicate.kind === "comparison" && predicate.operator === ComparisonOperator.NOT_EQUAL;
}
