import { type Expression, isPredicate, LogicalOperator, type Predicate } from "../../network/rules-language";
import { isChallenge } from "../edge/actions";
import { understood } from "../edge/conditions";
import { PHASE } from "../edge/phases";
import { stringQuestion } from "../edge/question";
import type { ZoneRule } from "../edge/zone";
import { oncePer } from "../once-per";
import { withinBudget } from "../solver/budget";
import { NATURAL_BYTES } from "../solver/language/alphabets";
import type { Dfa } from "../solver/language/dfa";
import { languageAxis } from "../solver/language/language-axis";
import { blocksOf } from "../terraform/json";
import type { Resource } from "../terraform/stack";
import { coverageOf } from "./coverage";
import { isAddress, leads, wholeName } from "./dns-records";
import { declaredHosts, forSpellings, urisOf } from "./hosts";
import type { Scene } from "./scene";
import { NAMES } from "./unknown-resources";
import { isNamed } from "./unknowns";

/**
 * Whether a resource stands beside the things that the policies name. No statement rests on it, and it can't change or
 * switch off a thing that one rests on. At worst it is something new under a name that no policy has.
 */
export function standsBeside(resource: Resource, scene: Scene): boolean {
  const { type, attributes } = resource;
  if (type === "cloudflare_dns_record") return isOfAnotherName(resource, scene);
  const standing = coverageOf(type, attributes)?.standing;
  if (standing === "harmless" || standing === "slows") return true;
  const named = standing === undefined ? undefined : NAMES[standing];
  return named !== undefined && !isNamed(named, resource, scene);
}

/**
 * The members that make up a resource's identity. Where others may change one, a resource may become any other of its
 * type.
 */
const IDENTITY: ReadonlySet<unknown> = new Set(["name", "type", "zone_id"]);

/** Whether Terraform holds a resource to its identity, even if others may change the rest. */
export function keepsItsIdentity({ type, attributes, body }: Resource): boolean {
  const standing = coverageOf(type, attributes)?.standing;
  if (standing === "harmless" || standing === "slows") return true;
  const ignored = blocksOf(body["lifecycle"]).flatMap((block) => [block["ignore_changes"] ?? []].flat(1));
  return type === "cloudflare_dns_record" && !ignored.some((member) => IDENTITY.has(member) || member === "all");
}

/** Whether a record leads no request, or leads those for one name that is no declared host. */
function isOfAnotherName(record: Resource, scene: Scene): boolean {
  if (!leads(record)) return true;
  const name = wholeName(record, scene);
  if (name === undefined || name.includes("*") || typeof record.attributes["type"] !== "string") return false;
  return isAddress(record) && !declaredHosts(scene.edge.policy).includes(name);
}

/** The phases whose rules end requests, and lead none to another origin. */
const ENDING: ReadonlySet<string> = new Set([PHASE.REDIRECT, PHASE.CUSTOM]);

/** The same of a rule: it only ends requests, and certainly none for a declared host. */
export function ruleStandsBeside(rule: ZoneRule, { edge }: Scene): boolean {
  const phase = [...edge.zone.phases].find(([, rules]) => rules.includes(rule))?.[0] ?? "";
  const ends = rule.action === "redirect" || rule.action === "block" || isChallenge(rule.action);
  const condition = understood(rule.expression);
  if (!ENDING.has(phase) || !ends || condition === undefined) return false;
  return answerFor(condition, spacesOf(edge.policy)) === false;
}

/** The values that fields of requests for the declared hosts may have. */
type Spaces = ReadonlyMap<string, Dfa>;

const spacesOf = oncePer((policy: Scene["edge"]["policy"]): Spaces => {
  const hosts = declaredHosts(policy);
  return new Map([
    ["http.host", forSpellings(hosts).hosts as Dfa],
    ["http.request.full_uri", urisOf(hosts)],
  ]);
});

/** The answer that a condition has for all these requests alike; undefined where they may differ in it. */
function answerFor(condition: Expression, spaces: Spaces): boolean | undefined {
  switch (condition.kind) {
    case "always":
      return true;
    case "negation": {
      const answer = answerFor(condition.operand, spaces);
      return answer === undefined ? undefined : !answer;
    }
    case "combination": {
      const answers = condition.operands.map((operand) => answerFor(operand, spaces));
      if (condition.operator === LogicalOperator.XOR) return undefined;
      const decisive = condition.operator === LogicalOperator.OR;
      if (answers.includes(decisive)) return decisive;
      return answers.every((answer) => answer === !decisive) ? !decisive : undefined;
    }
    default:
      return isPredicate(condition) ? askedOf(condition, spaces) : undefined;
  }
}

function askedOf(predicate: Predicate, spaces: Spaces): boolean | undefined {
  const question = stringQuestion(predicate);
  const space = spaces.get(question?.field ?? "");
  if (question === undefined || space === undefined || question.dfa.mayBeUnknown === true) return undefined;
  const { find } = languageAxis({ name: question.field, dfas: [space], bytes: NATURAL_BYTES, expected: [] });
  const none = (holds: boolean): boolean =>
    withinBudget(
      () => find([{ question: question.dfa, holds }]) === undefined,
      () => false,
    );
  if (none(true)) return false;
  return none(false) ? true : undefined;
}
