import type {
  ConnectionExplanation,
  RequestDecision,
  Explanation,
  SeenFact,
  HeaderView,
  PhaseView,
  RequestExplanation,
  RuleView,
  StepView,
  Target,
} from "../answers/explain/explanation";
import type { TargetKind } from "../answers/targets";
import type { Unknown } from "../result";
import { formatsOf } from "./formats";
import { folded, type Line, line, type Page, say, section, type Section, type Text, type Tone, listing } from "./page";
import { placeLines, statementLine } from "./sayings";

export const EXPLAIN_FORMATS = formatsOf(pageOf, (explanation: Explanation) => explanation);

export function pageOf(explanation: Explanation): Page {
  return explanation.kind === "request" ? requestPage(explanation) : connectionPage(explanation);
}

const TONES: Readonly<Record<RequestDecision["kind"] | Target["decision"], Tone>> = {
  block: "closed",
  redirect: "open",
  origin: "open",
  admitted: "open",
  refused: "closed",
  undecided: "unsure",
};

function requestPage(explanation: RequestExplanation): Page {
  const { decision, unless, decidedBy, notes } = explanation;
  return {
    headlines: [{ tone: TONES[decision.kind], text: requestHeadline(explanation) }],
    sections: [
      ...section("Request", requestLines(explanation)),
      ...section("Undecided because", decision.kind === "undecided" ? decision.reasons.map(reasonLine) : []),
      ...(decidedBy === undefined
        ? []
        : section(
            decision.kind === "undecided" ? "Rule in question" : "Decided by",
            ruleLines(decidedBy.rule),
            line("because", factLines(decidedBy.because)),
            decidedBy.statements.map(statementLine),
          )),
      ...listing("Unless", unless, (what) => line(say`${what} stops it: only the platform knows`)),
      ...folded(section("Trace", traceLines(explanation))),
      ...listing("Notes", notes, (note) => line(say`${note}`)),
    ],
  };
}

function requestHeadline({ decision, decidedBy, origin }: RequestExplanation): Text {
  const by: Text = decidedBy === undefined ? [] : say` by ${decidedBy.rule.ref}`;
  const [statement] = decidedBy?.statements ?? [];
  const which = statement === undefined ? [] : [` (${statement.id})`];
  switch (decision.kind) {
    case "block":
      return [`BLOCKED, ${decision.status}`, ...by, ...which];
    case "redirect":
      return [`REDIRECTED, ${decision.status}, to `, { code: decision.location }, ...by, ...which];
    case "origin":
      return origin.address === undefined
        ? ["PASSED ON, and no environment declares an origin for the host"]
        : [...say`REACHES THE ORIGIN ${origin.address}`, ...by];
    case "refused":
      return say`REFUSED: ${decision.reason}`;
    case "undecided":
      return decision.byTheRules === undefined
        ? ["UNDECIDED", ...by]
        : ["UNDECIDED; by the rules alone ", ...endText(decision.byTheRules), ...by];
  }
}

function endText(decision: RequestDecision): Text {
  switch (decision.kind) {
    case "block":
      return [`blocked, ${decision.status}`];
    case "redirect":
      return say`redirected to ${decision.location}`;
    case "origin":
      return ["it reaches the origin"];
    case "refused":
      return ["it is refused"];
    case "undecided":
      return ["undecided too"];
  }
}

function requestLines({ request, environment, zone }: RequestExplanation): readonly Line[] {
  const { method, url, from, host, port, headers } = request;
  const whom = from.sets.length > 0 ? from.sets.join(", ") : "in no named set";
  return [
    line(say`${method} ${url}`),
    line(
      from.isAnyone
        ? say`from anyone: ${from.address}, ${whom}, since no address is given`
        : say`from ${from.address}: ${whom}`,
    ),
    line(say`to the edge of ${zone}, port ${port}, Host ${host}; environment ${environment}`),
    ...headers.map(headerLine),
  ];
}

function headerLine({ name, value, by }: HeaderView): Line {
  return line([...say`${name}: ${value}`, ...(by === undefined ? [] : say`, set by ${by}`)]);
}

function reasonLine({ reason, place }: Unknown): Line {
  return line(say`${reason}`, place === undefined ? [] : placeLines(place));
}

function ruleLines(rule: RuleView): readonly Line[] {
  const { ref, description } = rule;
  return [line(description === undefined ? say`rule ${ref}` : say`rule ${ref}: ${description}`), ...placeLines(rule)];
}

const factLines = (facts: readonly SeenFact[]): readonly Line[] => facts.map((fact) => line(factText(fact)));

const factText = ({ conjunct, saw }: SeenFact): Text => say`${conjunct}: ${saw}`;

function traceLines({ normalisation, phases, origin, decision }: RequestExplanation): readonly Line[] {
  if (phases.length === 0 && decision.kind === "refused") return [];
  return [line(normalised(normalisation)), ...phases.map(phaseLine), line("origin", originLines(origin))];
}

function normalised({ isOn, before, after }: RequestExplanation["normalisation"]): Text {
  if (!isOn) return say`normalisation is off: the rules see ${before} as it is sent`;
  return before === after ? say`normalisation leaves ${before} as it is` : say`normalisation: ${before} → ${after}`;
}

function phaseLine({ title, name, steps }: PhaseView): Line {
  return line([`${title}: `, { code: name }], steps.map(stepLine));
}

function stepLine({ rule, statements, does, why, state, by = "" }: StepView): Line {
  const what: Text = [{ code: rule.ref }, statements.length === 0 ? "" : ` (${statements.join(", ")})`];
  switch (state) {
    case "matched":
      return line([...what, ...say`: MATCHED, ${does}`]);
    case "skipped":
      return line([...what, ...say`: skipped by ${by}`]);
    case "not reached":
      return line([...what, ": not reached"]);
    case "not matched":
      return line([...what, ": no match"], whyLines("why not", why));
    case "undecided":
      return line([...what, ...say`: undecided, ${does}`], whyLines("unknown", why));
  }
}

/** One fact about the whole conjunct stands in its line. */
function whyLines(word: string, why: StepView["why"]): readonly Line[] {
  if (why === undefined) return [];
  const [fact, second] = why.facts;
  if (fact !== undefined && second === undefined && fact.conjunct === why.conjunct) {
    return [line([`${word}: `, ...factText(fact)])];
  }
  return [line([`${word}: `, { code: why.conjunct }], factLines(why.facts))];
}

function originLines(origin: RequestExplanation["origin"]): readonly Line[] {
  const { isReached, address, service = "", headers, statements } = origin;
  if (!isReached) return [line("not reached")];
  const where = address === undefined ? "no environment declares the host" : say`${address}, service ${service}`;
  return [line(where), ...headers.map(headerLine), ...statements.map(statementLine)];
}

const NAMES: Readonly<Record<TargetKind, string>> = { postgres: "Postgres", redis: "Redis", worker: "worker" };

function connectionPage(explanation: ConnectionExplanation): Page {
  const { targets, to } = explanation;
  return {
    headlines: targets.map((target) => ({
      tone: TONES[target.decision],
      text: connectionHeadline(target, explanation),
    })),
    sections: targets.flatMap((target) => targetSection(target, NAMES[to])),
  };
}

function connectionHeadline({ decision, name, environment }: Target, { to, from }: ConnectionExplanation): Text {
  const sets: Text = from.sets.length === 0 ? [] : say` (${from.sets.join(", ")})`;
  const who: Text = from.isAnyone ? ["a stranger"] : [{ code: from.address }, ...sets];
  const [verdict, verb] = CONNECTIONS[decision];
  return [verdict, ...who, verb, `${NAMES[to]} `, ...say`${name} of ${environment}`];
}

const CONNECTIONS: Readonly<Record<Target["decision"], readonly [verdict: string, verb: string]>> = {
  admitted: ["ADMITTED: ", " may connect to "],
  refused: ["REFUSED: ", " may not connect to "],
  undecided: ["UNDECIDED: whether ", " may connect to "],
};

function targetSection(target: Target, kind: string): readonly Section[] {
  const { name, ports, because, admits, by, statements } = target;
  return section(
    kind,
    line([{ code: name }, ports.length === 0 ? "" : `, port ${ports.join(" and ")}`]),
    line(say`because ${because}`),
    line(say`admits ${admits}`),
    by === undefined
      ? line("decided by nothing in the JSON")
      : line(
          say`decided by ${by.resource}, an applier of kind ${by.kind}`,
          placeLines(by),
          line(say`desired state ${JSON.stringify(by.state)}`),
        ),
    statements.map(statementLine),
  );
}
