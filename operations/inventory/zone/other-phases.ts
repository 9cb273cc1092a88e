import { EdgePhase } from "../../../policy/edge-phase";
import { printable } from "../../printable";
import { type LiveRule, readEntryPoint } from "../../platforms/cloudflare";
import { mapped } from "../../platforms/platform";
import { failure, type Finding, notice, orLetItBe, findingsOf } from "../finding";
import type { ZoneSubject } from "./subject";
import { RIGHT_OF, writtenPhases } from "./written-phases";

/** A phase in which a rule can undo what the edge does, with the right that reading it takes. */
interface Phase {
  readonly phase: string;
  readonly effect: string;
  readonly needs: string;
}

/**
 * Phases in which no edge has rules.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
const OTHERS: readonly Phase[] = [
  {
    phase: "http_request_transform",
    effect: "rewrites the path before the custom rules see it",
    needs: "Zone > Transform Rules > Read",
  },
  {
    phase: "http_config_settings",
    effect: "switches settings of the zone for the requests that it matches",
    needs: "Zone > Config Rules > Read",
  },
  {
    phase: "http_request_origin",
    effect: "sends the requests that it matches to another origin, port or host",
    needs: "Zone > Origin Rules > Read",
  },
];

/** What a rule does in a phase of the edge that is left to somebody else. */
const EFFECT: Readonly<Record<EdgePhase, string>> = {
  [EdgePhase.REDIRECT]: "answers the requests that it matches before the custom rules see them",
  [EdgePhase.CUSTOM]: "decides about the requests that it matches, and may skip what comes after it",
  [EdgePhase.LATE_TRANSFORM]: "changes headers on their way to the origin, where the edge's secret is one",
};

/** Rules in phases that come before or beside those of the edge, or that the edge leaves to somebody else. */
export async function otherPhases({ client, zone, edge }: ZoneSubject): Promise<readonly Finding[]> {
  const written = writtenPhases(edge);
  const left = Object.values(EdgePhase).filter((phase) => !written.includes(phase));
  const phases = [...OTHERS, ...left.map((phase) => ({ phase, effect: EFFECT[phase], needs: RIGHT_OF[phase] }))];
  const parts = phases.map(({ phase, effect, needs }) =>
    findingsOf<LiveRule>({
      id: `cloudflare/phase/${zone.id}/${phase}`,
      subject: `the rules of ${zone.name} in ${phase}`,
      needs,
      reading: readEntryPoint(client, zone.id, phase).then((reading) =>
        mapped(reading, (ruleset) => ruleset?.rules ?? []),
      ),
      judge: (rule) => [judged(rule, phase, effect)],
    }),
  );
  return (await Promise.all(parts)).flat();
}

function judged({ id, description = "", enabled = true }: LiveRule, phase: string, effect: string): Finding {
  const finding = `cloudflare/rule/${printable(id)}`;
  const what = `a rule "${printable(description)}" in ${phase} ${effect}`;
  return enabled
    ? failure(finding, { what, todo: orLetItBe("delete it, or narrow it to hosts that no environment names") })
    : notice(finding, { what: `${what}; it is switched off`, todo: orLetItBe("delete it") });
}
