import { printable } from "../../printable";
import { readBots } from "../../platforms/cloudflare";
import { cannotTell, failure, type Finding } from "../../inventory/finding";
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
  const senders = new Set(tenants.flatMap(({ webhooks = [] }) => webhooks.map(({ sender }) => sender.name)));
  if (senders.size === 0) return [];
  const id = `cloudflare/bot-fight-mode/${zone.id}`;
  const live = await readBots(client, zone.id);
  if (live.kind === "unreadable") {
    return [cannotTell(id, `Bot Fight Mode of ${zone.name}`, live, "Zone > Bot Management > Read")];
  }
  const { fight_mode: fights = false, sbfm_definitely_automated: definitely = "allow" } = live.value;
  const whom = [...senders].sort().join(", ");
  if (fights) {
    const what = `Bot Fight Mode is on: it may challenge the webhooks of ${whom}, and no rule can except them`;
    return [failure(id, { what, todo: "switch it off under Security > Bots" })];
  }
  const isSkipped = otherRules.some(
    ({ action, actionParameters = {} }) => action === "skip" && JSON.stringify(actionParameters).includes(PHASE),
  );
  if (definitely === "allow" || isSkipped) return [];
  const what = `Super Bot Fight Mode answers automated requests with ${printable(definitely)}: also the webhooks of ${whom}`;
  const todo = `add an OtherRule with the action skip and { phases: ["${PHASE}"] } for the webhooks, or let it allow them`;
  return [failure(id, { what, todo })];
}
