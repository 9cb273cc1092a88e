import { shown } from "../../../errors/invalid-input";
import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { type Datastore, nameOf, type RenderKeyValue, type SupabaseProject } from "../../../policy/datastore";
import type { Origin } from "../../../policy/origin";
import {
  type Check,
  holds,
  interferenceIn,
  isApplications,
  isCloudflares,
  isPassedOn,
  isRendersOwn,
  type Judgement,
  type Target,
  type Unasked,
  undecided,
  unexpected,
  violated,
} from "../check";
import { type Answer, secureRequest } from "../question";

const FORBIDDEN = 403;
const NOT_FOUND = 404;
const FAILED = 500;

/**
 * WEB-1: the service's onrender.com name is off.
 *
 * Every name below onrender.com has an address. Where no service has the name, Render itself answers 404.
 *
 * @see https://render.com/docs/custom-domains
 */
export function onrenderChecks({ environment: { ingress } }: Target, { address }: Origin): readonly Check[] {
  return [
    {
      statements: ["WEB-1"],
      expects: `https://${address} is off`,
      question: secureRequest(address, "/"),
      judge: (answer) => judgeOff(answer, ingress !== undefined),
    },
  ];
}

/**
 * WEB-1: Render's edge, asked for a host past our zone, answers 403: the application misses the edge's secret.
 *
 * It is asked for a webhook where there is one. Render is behind Cloudflare, which may lead even this request through
 * our own zone, where the secret would be added; but there the guard blocks a webhook. So an answer of the application
 * means a way past our zone. Without a webhook, only the application's own 403 proves anything.
 */
export function renderEdgeChecks({ environment }: Target, host: string, { address }: Origin): readonly Check[] {
  const [webhook] = environment.webhooks ?? [];
  const target = webhook?.path ?? "/";
  return [
    {
      statements: ["WEB-1"],
      expects: `https://${host}${target}, asked of ${address}, answers 403`,
      question: secureRequest(host, target, { at: address }),
      judge: (answer) => judgeForbidden(answer, webhook !== undefined),
      blockedBy: host,
    },
  ];
}

function judgeOff(answer: Answer, hasAllowList: boolean): Judgement {
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  if (isApplications(headers)) return violated(`the application answered ${status}`);
  const interference = interferenceIn(answer);
  if (interference !== undefined) return interference;
  if (status >= FAILED) return undecided(`answered ${status}`);
  if (status === FORBIDDEN && hasAllowList) return undecided("refused for this address, whether the name is on or off");
  if (status !== NOT_FOUND) return violated(`answered ${status}`);
  return isRendersOwn(headers)
    ? holds("Render answered 404: no service has the name")
    : undecided("answered 404, and neither Render nor the application says that it was it");
}

/** @param isGuarded whether our own zone would block the request, so that nobody adds the secret to it */
function judgeForbidden(answer: Answer, isGuarded: boolean): Judgement {
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  if (isApplications(headers)) return judgeApplications(status, isGuarded);
  const interference = interferenceIn(answer);
  if (interference !== undefined) return interference;
  if (status === FORBIDDEN) {
    return isGuarded && isCloudflares(headers) && !isPassedOn(headers)
      ? holds("the edge before the application answered 403")
      : undecided("answered 403, and the application doesn't say that it was it");
  }
  if (isRendersOwn(headers) || status >= FAILED) return undecided(`answered ${status} before any application`);
  return judgeApplications(status, isGuarded);
}

function judgeApplications(status: number, isGuarded: boolean): Judgement {
  if (status === FORBIDDEN) return holds("the application answered 403");
  return isGuarded
    ? violated(`answered ${status} without the edge's secret`)
    : undecided(`answered ${status}; it may have come through our own zone, which adds the secret`);
}

/** Postgres asks who it is, or answers that it is somebody: the connection reached it. */
const ASKS_FOR_PASSWORD = "R";

/** The words of Supabase's shared pooler to addresses that aren't admitted: https://github.com/supabase/supavisor */
const NOT_ADMITTED_BY_POOLER = /not in tenant allow_list/i;

/** The words of Render's proxy to addresses that aren't admitted: https://render.com/docs/key-value */
const NOT_ADMITTED_BY_RENDER = /not in the allowlist/i;

/** An id that only the apply knows. */
const REFERENCE = "${";

/** PORTS-3, PORTS-4, DB-1: no datastore is open from here. */
export function datastoreChecks(target: Target, datastore: Datastore): readonly (Check | Unasked)[] {
  if (nameOf(datastore).startsWith(REFERENCE)) return [unknown(datastore)];
  return datastore.kind === "supabase" ? supabaseChecks(target, datastore) : keyValueChecks(target, datastore);
}

/**
 * Postgres itself, and the pooler beside it, have a name of the project's own. The shared pooler accepts connections
 * for everybody and looks at the address once it knows whose database is meant.
 *
 * @see https://supabase.com/docs/guides/database/connecting-to-postgres
 */
function supabaseChecks({ environment, proxies }: Target, { project }: SupabaseProject): readonly (Check | Unasked)[] {
  const admitted = AddressSet.of("the egress addresses", environment.egress?.addresses ?? []);
  const own = `db.${project}.supabase.co`;
  const shared = proxies.get(project);
  const ports = [Port.POSTGRES, Port.POSTGRES_POOLER];
  const check = (host: string, port: number, user: string, judge: Check["judge"]): Check => ({
    statements: ["PORTS-3", "DB-1"],
    expects: `${host}:${port} is closed for ${project}`,
    question: { at: { host, port, everyFamily: true }, kind: "postgres", user },
    judge,
    admitted,
  });
  return [
    ...ports.map((port) => check(own, port, "postgres", judgePostgres)),
    ...(shared === undefined
      ? [unasked(["PORTS-3", "DB-1"], "the shared pooler", project, "aws-0-<region>.pooler.supabase.com")]
      : ports.map((port) => check(shared, port, `postgres.${project}`, judgePooler))),
  ];
}

/** Render's proxy of a region accepts connections for every instance of the region. */
function keyValueChecks({ proxies }: Target, { instance }: RenderKeyValue): readonly (Check | Unasked)[] {
  const host = proxies.get(instance);
  if (host === undefined) return [unasked(["PORTS-4"], "Render's proxy", instance, "<region>-keyvalue.render.com")];
  return [
    {
      statements: ["PORTS-4"],
      expects: `${host}:${Port.REDIS} is closed for ${instance}`,
      question: { at: { host, port: Port.REDIS, everyFamily: true }, kind: "redis", user: instance },
      judge: judgeKeyValue,
    },
  ];
}

function unknown(datastore: Datastore): Unasked {
  return {
    statements: datastore.kind === "supabase" ? ["PORTS-3", "DB-1"] : ["PORTS-4"],
    expects: `${nameOf(datastore)} is closed`,
    unasked: "its id is a reference, which only the apply knows",
  };
}

function unasked(statements: Unasked["statements"], proxy: string, id: string, form: string): Unasked {
  return {
    statements,
    expects: `${proxy} is closed for ${id}`,
    unasked: `the environment doesn't say in which region it is: name it by --proxy ${id}=${form}`,
  };
}

function judgePostgres(answer: Answer): Judgement {
  if (answer.kind === "closed") return holds("nothing accepts a connection");
  if (answer.kind !== "said") return unexpected(answer);
  if (NOT_ADMITTED_BY_POOLER.test(answer.text)) return holds("this address isn't admitted");
  return violated(answer.text === ASKS_FOR_PASSWORD ? "asks for a password" : `Postgres answers ${shown(answer.text)}`);
}

function judgePooler(answer: Answer): Judgement {
  if (answer.kind !== "said") return unexpected(answer);
  if (NOT_ADMITTED_BY_POOLER.test(answer.text)) return holds("this address isn't admitted");
  return answer.text === ASKS_FOR_PASSWORD ? violated("asks for a password") : undecided(`said ${shown(answer.text)}`);
}

function judgeKeyValue(answer: Answer): Judgement {
  if (answer.kind === "closed") return holds("nothing accepts a connection");
  if (answer.kind !== "said") return unexpected(answer);
  if (NOT_ADMITTED_BY_RENDER.test(answer.text)) return holds("this address isn't admitted");
  return answer.text.startsWith("+")
    ? violated("admits without a password")
    : undecided(`said ${shown(answer.text)}: it may look at the password before it looks at the address`);
}
