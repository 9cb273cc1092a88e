import { printable } from "../../printable";
import { type LiveRule, readEntryPoint } from "../../platforms/cloudflare";
import { mapped } from "../../platforms/reading";
import { failure, type Finding, notice } from "../finding";
import { orLetItBe } from "../let-be";
import { findingsOf } from "../part";
import type { ZoneSubject } from "./subject";

/**
 * Phases that the edge doesn't own and in which a rule can undo what it does, with the right that reading them takes.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
const PHASES: readonly { readonly phase: string; readonly effect: string; readonly needs: string }[] = [
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

/** Rules in phases that come before or beside those of the edge. */
export async function otherPhases({ client, zone }: ZoneSubject): Promise<readonly Finding[]> {
  const parts = PHASES.map(({ phase, effect, needs }) =>
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
