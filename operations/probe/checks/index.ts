import type { Check, Unasked } from "../check";
import type { Subject } from "../subject";
import { datastoreChecks } from "./datastores";
import { httpsChecks } from "./https";
import { otherPortChecks } from "./other-ports";
import { redirectChecks } from "./redirect";
import { onrenderChecks, renderEdgeChecks } from "./render";
import { webhookChecks } from "./webhooks";

/** Everything that is asked about an environment: as many questions as what it declares, and of nobody else. */
export function checksOf(subject: Subject): readonly (Check | Unasked)[] {
  const { hosts, webhooks = [], datastores = [] } = subject.environment;
  const checks = [
    ...Object.entries(hosts).flatMap(([host, origin]) => [
      ...httpsChecks(host, subject.hsts),
      ...redirectChecks(host),
      ...otherPortChecks(host),
      ...webhooks.flatMap((webhook) => webhookChecks(host, webhook)),
      ...onrenderChecks(subject, origin),
      ...renderEdgeChecks(subject, host, origin),
    ]),
    ...datastores.flatMap((datastore) => datastoreChecks(subject, datastore)),
  ];
  // Hosts may share an origin, and two senders a path.
  return [...new Map(checks.map((check) => [check.expects, check])).values()];
}
