import { EdgePhase } from "../../../policy/edge-phase";
import { type OtherRule } from "../../../policy/other-rule";
import { printable } from "../../printable";
import { readBots } from "../../platforms/cloudflare";
import { cannotTell, failure, type Finding, notice } from "../../inventory/finding";
import type { ZoneSubject } from "./subject";

/** The phase of Super Bot Fight Mode, which a custom rule may skip. Bot Fight Mode has none. */
const PHASE = "http_request_sbfm";

/**
 * Bot Fight Mode beside a webhook: it takes the sender's POSTs for a bot's, and no rule lets them past it.
 *
 * @see https://developers.cloudflare.com/bots/get-started/bot-fight-mode/
 * @see https://developers.cloudflare.com/bots/get-started/super-bot-fight-mode/
 */
export async function bots({
  client,
  edge: { zone, tenants, otherRules = [] },
}: ZoneSubject): Promise<readonly Finding[]> {
  const webhooks = tenants.flatMap(({ webhooks: own = [] }) => own);
  if (webhooks.length === 0) return [];
  const id = `cloudflare/bot-fight-mode/${zone.id}`;
  const live = await readBots(client, zone.id);
  if (live.kind === "unreadable") {
    return [cannotTell(id, `Bot Fight Mode of ${zone.name}`, live, "Zone > Bot Management > Read")];
  }
  const { fight_mode: fights = false, sbfm_definitely_automated: certain, sbfm_likely_automated: likely } = live.value;
  const whom = [...new Set(webhooks.map(({ sender }) => sender.name))].sort().join(", ");
  if (fights) {
    const what = `Bot Fight Mode is on: it may challenge the webhooks of ${whom}, and no rule can except them`;
    return [failure(id, { what, todo: "switch it off under Security > Bots" })];
  }
  const answers = new Set([certain, likely].flatMap((answer = "allow") => (answer === "allow" ? [] : [answer])));
  if (answers.size === 0) return [];
  const what = `Super Bot Fight Mode answers automated requests with ${[...answers].map(printable).join(" or ")}: also the webhooks of ${whom}`;
  const skips = otherRules.filter(skipsBots);
  const [unsure] = skips;
  if (
    skips.some(
      ({ expression }) => EVERYTHING.has(expression) || webhooks.every(({ path }) => expression.includes(path)),
    )
  )
    return [];
  return unsure === undefined
    ? [
        failure(id, {
          what,
          todo: `add an OtherRule with the action skip and { phases: ["${PHASE}"] } for the webhooks, or let it allow them`,
        }),
      ]
    : [
        notice(id, {
          what: `${what}, unless ${unsure.ref} excepts them`,
          todo: "check that its expression matches them",
        }),
      ];
}

/** Conditions that the webhooks' POSTs meet, whatever their paths. */
const EVERYTHING: ReadonlySet<string> = new Set(["true", "ssl"]);

function skipsBots({ phase, action, enabled = true, actionParameters: { phases = [] } = {} }: OtherRule): boolean {
  return phase === EdgePhase.CUSTOM && action === "skip" && enabled && [phases].flat().includes(PHASE);
}
