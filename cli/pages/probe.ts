import { counts, exitCodeOf, type Outcome, type Probed, summaryOf } from "../../operations/probe/probe";
import { groupedBy } from "../../verification/collections";
import { formatsOf } from "../../verification/render/formats";
import { line, type Line, type Page, section } from "../../verification/render/page";
import { TONES } from "../../verification/render/sayings";

/** The outcome of a probe, in every format. */
export const PROBE_FORMATS = formatsOf(pageOf, (probed: Probed) => probed);

const CHAPTERS = { violated: "Violated", undecided: "Undecided", holds: "Holds" } as const;

/** From where it was looked and how it went; then what is lowered, and every check. */
function pageOf(probed: Probed): Page {
  const { lowered, findings } = probed;
  const of = (wanted: string) => findings.filter(({ verdict }) => verdict === wanted);
  return {
    headlines: [{ tone: TONES[exitCodeOf(probed)], text: [summaryOf(probed)] }],
    sections: [
      ...section(
        "Only declared: what breaks it is shown and doesn't count",
        lowered.map(({ statement, reason }) => line(`${statement}: ${reason}`)),
      ),
      ...Object.entries(CHAPTERS).flatMap(([verdict, title]) => section(title, checkLines(probed, of(verdict)))),
    ],
  };
}

/** Checks in lines: those that have one reason are one. */
function checkLines(probed: Probed, findings: readonly Outcome[]): readonly Line[] {
  // The reason why nothing is known is the same for every statement.
  const groups = groupedBy(findings, (finding) =>
    JSON.stringify([finding.verdict === "undecided" ? counts(probed, finding) : finding.statements, finding.because]),
  );
  return [...groups.values()].map((group) => {
    const [first] = group;
    const statements = [...new Set(group.flatMap((finding) => finding.statements))];
    const others = group.length === 1 ? "" : ` (and ${String(group.length - 1)} more)`;
    const rest =
      first?.verdict === "holds" || group.some((finding) => counts(probed, finding)) ? "" : " (only declared)";
    return line(`${statements.join(", ")}: ${first?.expects ?? ""}${others}: ${first?.because ?? ""}${rest}`);
  });
}
