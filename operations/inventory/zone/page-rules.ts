import { printable } from "../../printable";
import { listPageRules, type PageRule } from "../../platforms/cloudflare";
import { failure, type Finding, notice, orLetItBe, findingsOf } from "../finding";
import type { ZoneSubject } from "./subject";

/**
 * Page Rules, which redirect, switch security off or change TLS for what they match.
 *
 * @see https://developers.cloudflare.com/rules/page-rules/
 */
export function pageRules({ client, zone }: ZoneSubject): Promise<readonly Finding[]> {
  return findingsOf({
    id: `cloudflare/page-rules/${zone.id}`,
    subject: `the Page Rules of ${zone.name}`,
    needs: "Zone > Page Rules > Read",
    reading: listPageRules(client, zone.id),
    judge: (rule) => [judged(rule)],
  });
}

function judged({ id, status, targets, actions }: PageRule): Finding {
  const finding = `cloudflare/page-rule/${printable(id)}`;
  const where = targets.map(({ constraint }) => printable(constraint.value)).join(", ");
  const what = `a Page Rule for ${where} does ${actions.map((action) => printable(action.id)).join(", ")}`;
  return status === "active"
    ? failure(finding, { what, todo: orLetItBe("move what it does into the environment's rules and delete it") })
    : notice(finding, { what: `${what}; it is switched off`, todo: orLetItBe("delete it") });
}
