import type { ConnectionExplanation, Target, TargetKind } from "../../answers/explain/explanation";
import { line, type Page, say, type Section, section, type Text, type Tone } from "./page";
import { placeLines, statementLine } from "./request-page";

const TONES: Readonly<Record<Target["decision"], Tone>> = { admitted: "open", refused: "closed", undecided: "unsure" };
const NAMES: Readonly<Record<TargetKind, string>> = { postgres: "Postgres", redis: "Redis", worker: "worker" };

/** Explained connections as a page. */
export function connectionPage(explanation: ConnectionExplanation): Page {
  const { targets, to } = explanation;
  return {
    headlines: targets.map((target) => ({ tone: TONES[target.decision], text: headline(target, explanation) })),
    sections: targets.map((target) => targetSection(target, NAMES[to])),
  };
}

function headline({ decision, name, environment }: Target, { to, from }: ConnectionExplanation): Text {
  const who: Text = from.isAnyone ? ["anyone"] : [{ data: from.address }, ...setsOf(from.sets)];
  const what: Text = [`${NAMES[to]} `, { data: name }, " of ", { data: environment }];
  switch (decision) {
    case "admitted":
      return ["ADMITTED: ", ...who, " may connect to ", ...what];
    case "refused":
      return ["REFUSED: ", ...who, " may not connect to ", ...what];
    case "undecided":
      return ["UNDECIDED: whether ", ...who, " may connect to ", ...what];
  }
}

function setsOf(sets: readonly string[]): Text {
  return sets.length === 0 ? [] : [" (", { data: sets.join(", ") }, ")"];
}

function targetSection({ name, ports, because, admits, by, statements }: Target, kind: string): Section {
  const at = ports.length === 0 ? [] : [`, port ${ports.join(" and ")}`];
  const [only] = section(
    `${kind}`,
    line([{ data: name }, ...at]),
    line(say`because ${because}`),
    line(say`admits ${admits}`),
    by === undefined
      ? line(["decided by nothing in the JSON"])
      : line(
          say`decided by ${by.resource}, an applier of kind ${by.kind}`,
          placeLines(by),
          line(say`desired state ${JSON.stringify(by.state)}`),
        ),
    statements.map(statementLine),
  );
  return only as Section;
}
