import { EdgePhase } from "../../policy/edge-phase";
import { STATEMENT_IDS, type StatementId } from "../../policy/statements";
import type { Folder, JsonTree, StackCopy } from "./folder";
import { bodiesIn, type Body, bodyIn, type Kind } from "./kind";

export const RULESET = "cloudflare_ruleset";

/** A rule of a ruleset, and the statement that it is there for. */
export interface PlacedRule {
  readonly ruleset: Body;
  readonly phase: string;
  readonly index: number;
  readonly rule: JsonTree;
  readonly expression: string;
  readonly statement: StatementId;
}

/** A way to change a rule: it gets the rules of the ruleset in a copy, and the rule's index there. */
export interface RuleChange {
  /** The name of the change, where a kind makes several changes to a rule. */
  readonly what?: string;
  /** @default - the statement that the rule is there for */
  readonly breaks?: readonly StatementId[];
  readonly change: (rules: JsonTree[], index: number) => void;
}

/** A kind that changes the edge's rules, one at a time. */
export function ruleKind(name: string, changes: (rule: PlacedRule) => readonly RuleChange[]): Kind {
  return {
    name,
    mutants: (stack) =>
      rulesIn(stack).flatMap((placed) =>
        changes(placed).map(({ what = "", breaks = [placed.statement], change }) => ({
          at: `${String(placed.rule["ref"])} ${what}`.trim(),
          stack: stack.name,
          breaks,
          change: (folder: Folder) => {
            const body = bodyIn(folder, stack.name, placed.ruleset);
            change(body["rules"] as JsonTree[], placed.index);
          },
        })),
      ),
  };
}

/** A kind that gives the edge's rules other expressions, one at a time. */
export function expressionKind(
  name: string,
  expressions: (rule: PlacedRule) => readonly (string | readonly [string, readonly StatementId[]])[],
): Kind {
  return ruleKind(name, (placed) =>
    expressions(placed).map((variant) => {
      const [expression, breaks = [placed.statement]] = typeof variant === "string" ? [variant] : variant;
      return {
        what: `→ ${shortened(expression)}`,
        breaks,
        change: changed({ expression }),
      };
    }),
  );
}

/** Some members of a rule take other values. */
export const changed =
  (members: JsonTree) =>
  (rules: JsonTree[], index: number): void => {
    rules[index] = { ...rules[index], ...members };
  };

/** Every rule of a stack's rulesets. */
function rulesIn(stack: StackCopy): readonly PlacedRule[] {
  return bodiesIn(stack, RULESET).flatMap((ruleset) =>
    (ruleset.body["rules"] as JsonTree[]).map((rule, index) => ({
      ...{ ruleset, index, rule },
      phase: String(ruleset.body["phase"]),
      expression: String(rule["expression"]),
      statement: statementOf(String(rule["ref"])),
    })),
  );
}

/** The statements that the rules of a ruleset are there for. */
export type BreaksOf = (ruleset: Body) => readonly StatementId[];

export const heldBy: BreaksOf = ({ body }) => [
  ...new Set((body["rules"] as JsonTree[]).map(({ ref }) => statementOf(String(ref)))),
];

/** Whether a rule stops requests: such rules stand in the phase of custom rules. */
export const isBlock = ({ phase }: PlacedRule): boolean => phase === (EdgePhase.CUSTOM as string);

/** A rule names its statement: `edge_ports_1_only_https`. */
function statementOf(ref: string): StatementId {
  const [, word = "", number = ""] = /^edge_([a-z]+)_(\d)_/.exec(ref) ?? [];
  const id = STATEMENT_IDS.find((each) => each === `${word.toUpperCase()}-${number}`);
  if (id === undefined) throw new Error(`rule ${ref} names no statement`);
  return id;
}

const LONGEST = 120;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)} … ${text.slice(-LONGEST / 2)}`;
}
