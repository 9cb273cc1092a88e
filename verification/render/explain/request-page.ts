import type {
  Decision,
  Fact,
  HeaderView,
  Phase,
  Reason,
  RequestExplanation,
  RuleView,
  StatementView,
  Step,
} from "../../answers/explain/explanation";
import { type Line, line, type Page, say, section, type Text, type Tone } from "./page";

const TONES: Readonly<Record<Decision["kind"], Tone>> = {
  block: "closed",
  redirect: "open",
  origin: "open",
  refused: "closed",
  undecided: "unsure",
};

/** An explained request as a page. */
export function requestPage(explanation: RequestExplanation): Page {
  const { decision, unless, decidedBy, notes } = explanation;
  return {
    headlines: [{ tone: TONES[decision.kind], text: headline(explanation) }],
    sections: [
      ...section("Request", requestLines(explanation)),
      ...section("Undecided because", reasonLines(decision)),
      ...(decidedBy === undefined
        ? []
        : section(
            decision.kind === "undecided" ? "Rule in question" : "Decided by",
            ruleLines(decidedBy.rule),
            line(["because"], factLines(decidedBy.because)),
            decidedBy.statements.map(statementLine),
          )),
      ...section(
        "Unless",
        unless.map((what) => line(say`${what} stops it: only the platform knows`)),
      ),
      ...section("Trace", traceLines(explanation)),
      ...section(
        "Notes",
        notes.map((note) => line(say`${note}`)),
      ),
    ],
  };
}

function headline({ decision, decidedBy, origin }: RequestExplanation): Text {
  const by = decidedBy === undefined ? [] : [" by ", { data: decidedBy.rule.ref }];
  const [statement] = decidedBy?.statements ?? [];
  const which = statement === undefined ? [] : [` (${statement.id})`];
  switch (decision.kind) {
    case "block":
      return [`BLOCKED, ${decision.status}`, ...by, ...which];
    case "redirect":
      return [`REDIRECTED, ${decision.status}, to `, { data: decision.location }, ...by, ...which];
    case "origin":
      return origin.address === undefined
        ? ["PASSED ON, and no environment declares an origin for the host"]
        : ["REACHES THE ORIGIN ", { data: origin.address }];
    case "refused":
      return ["REFUSED: ", { data: decision.reason }];
    case "undecided":
      return decision.byTheRules === undefined
        ? ["UNDECIDED", ...by]
        : ["UNDECIDED; by the rules alone ", ...endInWords(decision.byTheRules), ...by];
  }
}

function endInWords(decision: Decision): Text {
  switch (decision.kind) {
    case "block":
      return [`blocked, ${decision.status}`];
    case "redirect":
      return ["redirected to ", { data: decision.location }];
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

function reasonLines(decision: Decision): readonly Line[] {
  return decision.kind === "undecided" ? decision.reasons.map(reasonLine) : [];
}

function reasonLine({ reason, place }: Reason): Line {
  return line(say`${reason}`, place === undefined ? [] : placeLines(place));
}

function ruleLines(rule: RuleView): readonly Line[] {
  const { ref, description } = rule;
  return [line(description === undefined ? say`rule ${ref}` : say`rule ${ref}: ${description}`), ...placeLines(rule)];
}

/** Where something stands: the construct that wrote it, and the JSON. */
export function placeLines({ stack, pointer, path }: NonNullable<Reason["place"]>): readonly Line[] {
  return [
    ...(path === undefined ? [] : [line(say`construct ${path}`)]),
    line(say`JSON ${`stacks/${stack}/cdk.tf.json#${pointer}`}`),
  ];
}

/** A statement, how it is held, and what it rests on. */
export function statementLine({ id, sentence, verdict, strength, ...said }: StatementView): Line {
  return line(
    [`${id}, ${verdict}${strength === undefined ? "" : `, ${strength}`}: ${sentence}`],
    said.notes.map((note) => line(say`${note}`)),
    said.assumptions.map((assumption) => line(say`as long as ${assumption}`)),
    said.accepted.map(({ what, reason }) => line(say`accepted by the environment: ${what}; reason: ${reason}`)),
  );
}

function factLines(facts: readonly Fact[]): readonly Line[] {
  return facts.map(({ conjunct, saw }) => line(say`${conjunct}: ${saw}`));
}

function traceLines({ normalisation, phases, origin, decision }: RequestExplanation): readonly Line[] {
  if (phases.length === 0 && decision.kind === "refused") return [];
  return [line(normalised(normalisation)), ...phases.map(phaseLine), line(["origin"], originLines(origin))];
}

function normalised({ isOn, before, after }: RequestExplanation["normalisation"]): Text {
  if (!isOn) return say`normalisation is off: the rules see ${before} as it is sent`;
  return before === after ? say`normalisation leaves ${before} as it is` : say`normalisation: ${before} → ${after}`;
}

function phaseLine({ title, name, steps }: Phase): Line {
  return line([`${title}: `, { data: name }], steps.map(stepLine));
}

function stepLine(step: Step): Line {
  const { rule, statements, does, why } = step;
  const what = [{ data: rule.ref }, ...(statements.length === 0 ? [] : [` (${statements.join(", ")})`])];
  switch (step.state) {
    case "matched":
      return line([...what, ": MATCHED, ", { data: does }]);
    case "skipped":
      return line([...what, ...say`: skipped by ${step.by ?? ""}`]);
    case "not reached":
      return line([...what, ": not reached"]);
    case "not matched":
      return line([...what, ": no match"], whyLines("why not", why));
    case "undecided":
      return line([...what, ": undecided, ", { data: does }], whyLines("what can't be told", why));
  }
}

/** One fact about the whole conjunct stands in its line. */
function whyLines(word: string, why: Step["why"]): readonly Line[] {
  if (why === undefined) return [];
  const [fact, second] = why.facts;
  if (fact !== undefined && second === undefined && fact.conjunct === why.conjunct) {
    return [line([`${word}: `, ...say`${fact.conjunct}: ${fact.saw}`])];
  }
  return [line([`${word}: `, { data: why.conjunct }], factLines(why.facts))];
}

function originLines(origin: RequestExplanation["origin"]): readonly Line[] {
  const { isReached, address, service, headers, statements } = origin;
  if (!isReached) return [line(["not reached"])];
  const where =
    address === undefined ? ["no environment declares the host"] : say`${address}, service ${service ?? ""}`;
  return [line(where), ...headers.map(headerLine), ...statements.map(statementLine)];
}
