import { acceptedAs } from "../../../policy/accept";
import type { App } from "../app";
import { identified, type LintFinding, LintRule, LintSeverity } from "./finding";

/**
 * Findings with what the environments accept of them: a warning that is accepted by its id is a note, with the reason. An error
 * can't be accepted, and what is undecided is accepted as a question. An acceptance of nothing is a finding itself.
 */
export function withAcceptances(found: readonly LintFinding[], { model, policies }: App): readonly LintFinding[] {
  const entries = policies.flatMap(({ name, environment: { accept } }) =>
    acceptedAs("thing", accept)
      .filter(({ id }) => id.startsWith("finding:"))
      .map((entry) => ({ ...entry, environment: name })),
  );
  const reasons = new Map(entries.map(({ id, reason }) => [id, reason]));
  const stale = entries
    .filter(({ id }) => !found.some((each) => each.id === id && isAcceptable(each)))
    .map(({ id, environment }) => ({
      ...{ rule: LintRule.ACCEPTANCE, severity: LintSeverity.WARNING, place: { stack: environment, pointer: "" } },
      ...{ key: [id], what: `${environment} accepts ${id}, and there is no such warning` },
      change: `remove it from ${environment}.accept`,
    }));
  const accepted = found.map((finding) => {
    const reason = isAcceptable(finding) ? reasons.get(finding.id) : undefined;
    return reason === undefined ? finding : { ...finding, severity: LintSeverity.NOTE, accepted: reason };
  });
  return [...accepted, ...identified(stale, model)];
}

const isAcceptable = ({ severity, rule }: LintFinding): boolean =>
  severity === LintSeverity.WARNING && rule !== LintRule.UNDECIDED;
