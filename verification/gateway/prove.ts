import { distinctBy } from "../collections";
import {
  asserted,
  placeAt,
  type Result,
  undecided,
  undecidedBy,
  type Unknown,
  violated,
  type Violation,
} from "../result";
import { overBudget, withinBudget } from "../solver/budget";
import { diagramOf, type Node } from "../solver/decision-diagram";
import { controlOf, type GatewayPolicy } from "./account";
import { axesOf, type ConnectionScope, connectionAt, type ConnectionPoint, shownConnection } from "./connection";
import { decisionOf, endAt, type GatewayEnd } from "./evaluate";
import { type Assumed, type PolicyAtom, Rules } from "./rules";

/** The ends that are expected of connections. */
export interface ConnectionExpectation {
  /**
   * Whether it is enough that the expected end is possible, since it may depend on facts that differ from connection to
   * connection.
   */
  readonly isPossibilityEnough: boolean;
  /** Of the policy that decides, or of none; undefined where that is unknown. */
  readonly accepts: (policy: GatewayPolicy | undefined) => boolean | undefined;
}

/** No connection is allowed. Without a policy it would be. */
export const BLOCKED: ConnectionExpectation = {
  isPossibilityEnough: false,
  accepts: (policy) => does("block", policy),
};

/** No connection is certainly blocked. */
export const NOT_CERTAINLY_BLOCKED: ConnectionExpectation = {
  isPossibilityEnough: true,
  accepts: (policy) => does("allow", policy),
};

/** No policy matches. */
export const UNTOUCHED: ConnectionExpectation = {
  isPossibilityEnough: false,
  accepts: (policy) => policy === undefined,
};

/** The words of a proof for policies that do something unexpected. */
export interface ProofWords {
  /** The violation by one that does; its policy is undefined where none matches. */
  readonly refused: (policy: GatewayPolicy | undefined) => Violation;
  /** The note on one that may, where a possibility is enough. */
  readonly possible: (policy: GatewayPolicy) => string;
}

const DEFAULT: Pick<GatewayPolicy, "action"> = { action: "allow" };

function does(wanted: GatewayPolicy["action"], { action }: Pick<GatewayPolicy, "action"> = DEFAULT) {
  return action === undefined ? undefined : action === wanted;
}

/**
 * Decides whether the policies treat all connections of a scope as expected.
 *
 * One decision diagram holds all connections. Policies whose ends are accepted anyway take part only once some connection
 * needs them, so those of others cost nothing.
 */
export function proveConnections(
  policies: readonly GatewayPolicy[],
  scope: ConnectionScope,
  expectation: ConnectionExpectation,
  words: ProofWords,
): Result {
  const prove = (): Result => {
    let active = policies.filter((policy) => expectation.accepts(policy) !== true);
    for (;;) {
      const behaviour = behaviourOf(active, scope);
      const { classes } = behaviour;
      const needed = new Set(classes.flatMap((each) => neededFor(behaviour, each, policies, expectation)));
      if (needed.size === 0) return conclude(behaviour, expectation, words);
      active = policies.filter((policy) => active.includes(policy) || needed.has(policy));
    }
  };
  return withinBudget(prove, (what) =>
    undecided(`the policies tell apart too many values of ${what}`, undefined, "budget"),
  );
}

/** The behaviour of policies for all connections of a scope. */
interface Behaviour {
  readonly policies: readonly GatewayPolicy[];
  readonly rules: Rules;
  readonly classes: readonly ConnectionClass[];
}

/** Connections that end alike, apart from unconstrained conditions. */
interface ConnectionClass {
  /** One of them. */
  readonly point: ConnectionPoint;
  /** The ways in which they may end: one, unless something is unconstrained. */
  readonly ways: readonly Way[];
}

interface Way {
  /** The unconstrained atoms that the end depends on. */
  readonly atoms: readonly PolicyAtom[];
  /** Their answers, by their texts. */
  readonly assumed: Assumed;
  readonly end: GatewayEnd;
}

function behaviourOf(policies: readonly GatewayPolicy[], scope: ConnectionScope): Behaviour {
  const rules = new Rules(axesOf(scope));
  const decision = decisionOf(rules, rules.of(policies), () => true);
  const { root, partitions } = diagramOf(rules, decision);
  const classes: ConnectionClass[] = [];
  const seen = new Set<Node<GatewayEnd>>();
  const visit = (node: Node<GatewayEnd>, point: ConnectionPoint): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "leaf" || typeof node.split === "number") {
      classes.push({ point, ways: waysOf(node, rules) });
      return;
    }
    const field = node.split as keyof ConnectionPoint;
    node.children.forEach((child, index) => {
      visit(child, { ...point, [field]: partitions[field].classes[index]?.examples[0] });
    });
  };
  const natural = rules.axes.find([]);
  if (natural !== undefined) visit(root, natural);
  return { policies, rules, classes };
}

/** The most sets of answers to unconstrained conditions that are followed for one class. */
const MOST_WAYS = 4_096;

function waysOf(root: Node<GatewayEnd>, { atomAt }: Rules): readonly Way[] {
  const ways: Way[] = [];
  const follow = (node: Node<GatewayEnd>, atoms: Way["atoms"], assumed: Way["assumed"]): void => {
    if (ways.length > MOST_WAYS) overBudget("unconstrained conditions");
    if (node.kind === "leaf") {
      ways.push({ atoms, assumed, end: node.outcome });
      return;
    }
    const atom = atomAt(node.split as number);
    node.children.forEach((child, index) => {
      follow(child, [...atoms, atom], new Map([...assumed, [atom.text, index === 1]]));
    });
  };
  follow(root, [], new Map());
  return ways;
}

/**
 * The policies that bear on the ends of a class's example that aren't accepted. One that certainly matches is enough,
 * if it is asked in time; only without it count those that may match.
 */
function neededFor(
  { policies: active, rules }: Behaviour,
  { point, ways }: ConnectionClass,
  policies: readonly GatewayPolicy[],
  expectation: ConnectionExpectation,
): readonly GatewayPolicy[] {
  return ways
    .filter(({ end }) => accepts(expectation, end) !== true)
    .flatMap(({ assumed, end }) => {
      const known = [end.policy, ...end.rivals];
      const involved = (isIn: (policy: GatewayPolicy) => boolean) => {
        const some = policies.filter((each) => known.includes(each) || (!active.includes(each) && isIn(each)));
        const { policy, rivals } = endAt(rules, some, point, assumed);
        return [policy, ...rivals].flatMap((each) => (each === undefined || active.includes(each) ? [] : [each]));
      };
      const certain = involved((each) => rules.appliesAt(each, point, assumed) === rules.formulas.yes);
      return certain.length > 0 ? certain : involved(() => true);
    });
}

function conclude({ policies, classes }: Behaviour, expectation: ConnectionExpectation, words: ProofWords): Result {
  const judge = ({ end }: Way) => accepts(expectation, end);
  const refused = classes.find(({ ways }) => ways.every((way) => judge(way) === false));
  if (refused !== undefined) {
    const { point, ways } = refused;
    return violated({ counterexample: [shownConnection(connectionAt(point))], ...words.refused(ways[0]?.end.policy) });
  }
  const ways = classes.flatMap((each) => each.ways);
  const isTolerated = ({ atoms }: Way): boolean =>
    expectation.isPossibilityEnough && !atoms.some(({ isHidden }) => isHidden);
  const open = ways.filter((way) => judge(way) === undefined || (judge(way) === false && !isTolerated(way)));
  if (open.length > 0) {
    const unknown = open.flatMap(unknownIn);
    return undecidedBy(distinctBy(unknown, ({ reason }) => reason));
  }
  const decidingIn = (some: readonly Way[]) => {
    const found = new Set(some.map(({ end }) => end.policy));
    return policies.filter((policy) => found.has(policy));
  };
  const deciding = decidingIn(ways.filter(judge));
  const notes = decidingIn(ways.filter((way) => judge(way) === false)).map(words.possible);
  return asserted(deciding.map(controlOf), { notes, classes: classes.length, rules: deciding.length });
}

/** Where it is unknown which policy is asked first, all that may be have to agree. */
function accepts({ accepts: judge }: ConnectionExpectation, { policy, rivals }: GatewayEnd): boolean | undefined {
  const [first, ...others] = [policy, ...rivals].map(judge);
  return others.every((other) => other === first) ? first : undefined;
}

function unknownIn({ atoms, end: { policy, reasons } }: Way): readonly Unknown[] {
  return [
    ...atoms.map(({ text, policy: asking }) => unknownAbout(asking, text)),
    ...reasons.map((reason) => unknownAbout(policy, reason)),
  ];
}

/** A condition may have any length. */
const LONGEST = 200;

function unknownAbout(policy: GatewayPolicy | undefined, reason: string): Unknown {
  if (policy === undefined) return { reason, question: "condition" };
  const said = reason.length > LONGEST ? `${reason.slice(0, LONGEST - 3)}...` : reason;
  return { reason: `policy "${policy.name}": ${said}`, question: "condition", place: placeAt(policy) };
}
