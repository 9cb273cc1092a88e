import type { EdgeRequest } from "../../edge/evaluate/edge-request";
import { changedHeaders } from "../../edge/rewrite";
import { PHASE } from "../../edge/phases";
import type { ZoneRule } from "../../edge/zone";
import type { StatementResult } from "../../statements/results";
import type { Scene } from "../../statements/scene";
import { shownValue } from "../../statements/secrecy";
import type { RequestTrace } from "./trace";
import type { HeaderView, OriginView } from "./explanation";
import { ruleView, statementsOf, statementView } from "./rules";

/** The headers that a request is asked about with. */
export function askedHeaders({ headers = {} }: Pick<EdgeRequest, "headers">): readonly HeaderView[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => ({ name, value: shownValue(name, value) })),
  );
}

/** The origin behind the request's host, and the headers that it gets if the request comes that far. */
export function originOf(
  request: EdgeRequest,
  scene: Scene,
  results: readonly StatementResult[],
  traced?: RequestTrace,
): OriginView {
  const name = request.host.toLowerCase().replace(/\.?(:\d+)?$/, "");
  const { edge, model } = scene;
  const hosts = edge.policy.tenants.flatMap((tenant) => Object.entries(tenant.hosts));
  const origin = hosts.find(([host]) => host === name)?.[1];
  const isReached = traced?.destination.kind === "origin";
  const rules = isReached ? settingRules(traced).map((rule) => ruleView(rule, model)) : [];
  const ids = new Set(rules.flatMap((rule) => statementsOf(rule, scene, results)));
  return {
    isReached,
    ...(origin === undefined ? {} : { service: origin.service, address: origin.address }),
    headers: isReached ? headersAt(traced) : [],
    statements: results.filter(({ statement }) => ids.has(statement)).map(statementView),
  };
}

/** The rules that changed the request's headers. */
function settingRules({ phases }: RequestTrace): readonly ZoneRule[] {
  return phases
    .filter(({ phase }) => phase.name === PHASE.LATE_TRANSFORM)
    .flatMap(({ steps }) => steps.filter(({ state }) => state === "matched"))
    .map(({ rule }) => rule);
}

function headersAt(traced: RequestTrace): readonly HeaderView[] {
  const { destination } = traced;
  const setBy = new Map(
    settingRules(traced).flatMap((rule) =>
      changedHeaders(rule).map((name) => [name.toLowerCase(), { name, by: rule.ref }] as const),
    ),
  );
  const headers = destination.kind === "origin" ? destination.headers : {};
  return Object.entries(headers).map(([key, value]) => ({
    ...(setBy.get(key) ?? { name: key }),
    value: shownValue(key, value),
  }));
}
