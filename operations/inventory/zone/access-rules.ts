import { parseEntry } from "../../../network/address-entry";
import { AddressSet } from "../../../network/address-set";
import { printable } from "../../printable";
import { type AccessRule, listAccessRules } from "../../platforms/cloudflare";
import { failure, type Finding, notice, orLetItBe, findingsOf } from "../finding";
import type { ZoneSubject } from "./subject";

/**
 * IP Access rules. One that allows skips every custom rule; another one can stop the sender of a webhook before it.
 *
 * @see https://developers.cloudflare.com/waf/tools/ip-access-rules/
 * @see https://developers.cloudflare.com/waf/troubleshooting/phase-interactions/
 */
export function accessRules({ client, zone, tenants }: ZoneSubject): Promise<readonly Finding[]> {
  const senders = tenants.flatMap(({ webhooks = [] }) => webhooks.flatMap(({ sender }) => sender.addresses));
  return findingsOf({
    id: `cloudflare/ip-access-rules/${zone.id}`,
    subject: `the IP Access rules of ${zone.name}`,
    needs: "Zone > Firewall Services > Read",
    reading: listAccessRules(client, zone.id),
    judge: (rule) => [judged(rule, AddressSet.of("the senders of webhooks", senders))],
  });
}

function judged({ id, mode, configuration: { target, value } }: AccessRule, senders: AddressSet): Finding {
  const finding = `cloudflare/ip-access-rule/${printable(id)}`;
  const rule = `an IP Access rule with the action ${printable(mode)} for ${printable(target)} ${printable(value)}`;
  if (mode === "whitelist") {
    const what = `${rule} lets it past every custom rule, the guard of the webhooks included`;
    return failure(finding, { what, todo: orLetItBe("delete it under Security > WAF > Tools") });
  }
  const range = parseEntry(value);
  if (range === undefined) {
    const what = `${rule} stops whom a guard would let through`;
    return notice(finding, { what, todo: orLetItBe("check that no sender of a webhook is among them") });
  }
  return AddressSet.ofRanges(value, [range]).overlaps(senders)
    ? failure(finding, { what: `${rule} stops the sender of a webhook`, todo: "delete it, or narrow it" })
    : notice(finding, { what: `${rule} stops it before the rules`, todo: orLetItBe("delete it if nobody needs it") });
}
