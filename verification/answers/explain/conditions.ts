import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import {
  type Expression,
  type FieldAccess,
  isPredicate,
  LogicalOperator,
  type Predicate,
  print,
  printString,
  printValue,
  type Quantification,
  visit,
} from "../../../network/rules-language";
import { cut } from "../../collections";
import { evaluate, evaluateValue } from "../../edge/evaluate/evaluate";
import { isAddress, isArray, isMap, type Outcome, type RuntimeValue } from "../../edge/evaluate/values";
import type { Request } from "../../edge/evaluate/request";
import type { EdgeZone } from "../../edge/zone";
import { HIDDEN, looksAtSecrets } from "../../edge/secrecy";
import type { SeenFact, Why } from "./explanation";
import { membership, type NamedSets } from "./named-sets";

/** A request as conditions see it, and the names of addresses. */
export interface SeenRequest {
  readonly request: Request;
  readonly zone: EdgeZone;
  readonly names: NamedSets;
}

/** Why a condition isn't true: the first of its conjuncts that fails, else the first that is undecided. */
export function whyNot(condition: Expression, asked: SeenRequest): Why {
  const conjuncts = conjunctsOf(condition);
  const verdicts = conjuncts.map((each) => ({ each, verdict: evaluate(each, asked.request, asked.zone.lists) }));
  const first = verdicts.find(({ verdict }) => verdict.isFalse) ?? verdicts.find(({ verdict }) => verdict.isUndecided);
  const conjunct = first?.each ?? condition;
  return { conjunct: brief(conjunct), facts: factsOf(conjunct, asked) };
}

/** Why a condition is true: what was seen of each of its conjuncts. */
export function because(condition: Expression, asked: SeenRequest): readonly SeenFact[] {
  return conjunctsOf(condition).flatMap((each) => factsOf(each, asked));
}

function conjunctsOf(condition: Expression): readonly Expression[] {
  const isConjunction = condition.kind === "combination" && condition.operator === LogicalOperator.AND;
  return isConjunction ? condition.operands : [condition];
}

/** How many facts are shown of one conjunct. */
const SHOWN = 6;

/** The facts that make an expression true, false or undecided. */
function factsOf(expression: Expression, asked: SeenRequest): readonly SeenFact[] {
  const facts = decisive(expression, false, asked);
  const rest = facts.length - SHOWN;
  return rest > 0 ? [...facts.slice(0, SHOWN), { conjunct: `${rest} more`, saw: "the same way" }] : facts;
}

/** @param isNegated whether `not` stands before it */
function decisive(expression: Expression, isNegated: boolean, asked: SeenRequest): readonly SeenFact[] {
  switch (expression.kind) {
    case "always":
      return [{ conjunct: isNegated ? "not true" : "true", saw: "it is true of every request" }];
    case "negation":
      return decisive(expression.operand, !isNegated, asked);
    case "combination":
      return decisiveOperands(expression.operator, expression.operands, asked).flatMap((operand) =>
        decisive(operand, isNegated, asked),
      );
    default:
      return [{ conjunct: `${isNegated ? "not " : ""}${brief(expression)}`, saw: sawOf(expression, asked) }];
  }
}

/** The operands that make a combination what it is. One that decides alone is enough. */
function decisiveOperands(
  operator: LogicalOperator,
  operands: readonly Expression[],
  { request, zone }: SeenRequest,
): readonly Expression[] {
  const verdicts = operands.map((operand) => ({ operand, verdict: evaluate(operand, request, zone.lists) }));
  const decidesAlone = { [LogicalOperator.AND]: false, [LogicalOperator.OR]: true, [LogicalOperator.XOR]: undefined };
  const alone = decidesAlone[operator];
  const decider = verdicts.find(({ verdict }) => alone !== undefined && verdict.value === alone);
  if (decider !== undefined) return [decider.operand];
  const open = verdicts.filter(({ verdict }) => verdict.isUndecided);
  return (open.length > 0 ? open : verdicts).map(({ operand }) => operand);
}

function sawOf(expression: Predicate | Quantification, asked: SeenRequest): string {
  const verdict = evaluate(expression, asked.request, asked.zone.lists);
  if (verdict.isUndecided) return verdict.reasons.join("; ");
  if (looksAtSecrets(expression)) return HIDDEN;
  if (expression.kind === "quantification") return fieldsSeen(expression, asked);
  return predicateSaw(expression, asked);
}

function predicateSaw(predicate: Predicate, asked: SeenRequest): string {
  const { operand } = predicate;
  const outcome = evaluateValue(operand, asked.request, asked.zone.lists);
  if (outcome.kind !== "known") return "there is no such value";
  const set = addressesOf(predicate, asked.zone);
  if (set !== undefined && isAddress(outcome.value)) return membership(outcome.value, set, asked.names);
  // A truth is its own answer, so its fields are shown.
  return predicate.kind === "truth" ? fieldsSeen(predicate, asked) : `it is ${valueInWords(outcome.value)}`;
}

/** The addresses that a predicate asks for. */
function addressesOf(predicate: Predicate, zone: EdgeZone): AddressSet | undefined {
  if (predicate.kind === "membership" && predicate.set.kind === "addresses") {
    return AddressSet.ofRanges("addresses", predicate.set.members);
  }
  return predicate.kind === "list-membership" ? zone.lists.get(predicate.list) : undefined;
}

/** The values of the fields of an expression, each once. */
function fieldsSeen(expression: Expression, { request, zone }: SeenRequest): string {
  const fields = new Map(fieldsIn(expression).map((field) => [printValue(whole(field)), whole(field)]));
  const seen = [...fields].map(([name, value]) => `${name} is ${inWords(evaluateValue(value, request, zone.lists))}`);
  return seen.join(", ");
}

function fieldsIn(expression: Expression): readonly FieldAccess[] {
  const fields: FieldAccess[] = [];
  visit(expression, {
    value: (value) => {
      if (value.kind === "field") fields.push(value);
    },
  });
  return fields;
}

/** A field up to its first `[*]`: all that the expression looks at. */
function whole(field: FieldAccess): FieldAccess {
  const at = field.indexes.findIndex(({ kind }) => kind === "each");
  return at === -1 ? field : { ...field, indexes: field.indexes.slice(0, at) };
}

function inWords(outcome: Outcome): string {
  return outcome.kind === "known" ? valueInWords(outcome.value) : "not there";
}

/** Every set of addresses that a condition asks for. */
export function addressesAskedFor(condition: Expression, zone: EdgeZone): readonly AddressSet[] {
  const sets: AddressSet[] = [];
  visit(condition, {
    expression: (each) => {
      const set = isPredicate(each) ? addressesOf(each, zone) : undefined;
      if (set !== undefined) sets.push(set);
    },
  });
  return sets;
}

/** How long a question about a set is written out. */
const LONGEST_SET = 60;

/** An expression, with long sets and all that is longer than a line or two left out. */
export function brief(expression: Expression): string {
  return cut(short(expression));
}

function short(expression: Expression): string {
  // Such an expression asks by itself, so that what it compares with stands in it.
  if ((isPredicate(expression) || expression.kind === "quantification") && looksAtSecrets(expression))
    return `${[...new Set(fieldsIn(expression).map(printValue))].join(", ")} against ${HIDDEN}`;
  switch (expression.kind) {
    case "combination":
      return expression.operands.map((operand) => inParentheses(operand)).join(` ${expression.operator} `);
    case "negation":
      return `not ${inParentheses(expression.operand)}`;
    case "membership": {
      const written = print(expression);
      return written.length > LONGEST_SET ? `${printValue(expression.operand)} in {…}` : written;
    }
    default:
      return print(expression);
  }
}

function inParentheses(operand: Expression): string {
  return operand.kind === "combination" ? `(${short(operand)})` : short(operand);
}

/** A value as it would be written in an expression, cut to a readable length. */
const valueInWords = (value: RuntimeValue): string => cut(written(value));

function written(value: RuntimeValue): string {
  if (typeof value === "string") return printString(value);
  if (isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (isMap(value)) return `{${[...value].map(([key, each]) => `${printString(key)}: ${written(each)}`).join(", ")}}`;
  return isAddress(value) ? printAddress(value) : String(value);
}
