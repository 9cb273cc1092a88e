import { shown } from "../../../errors/invalid-input";
import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { type Datastore, nameOf, type RenderKeyValue, type SupabaseProject } from "../../../policy/datastore";
import {
  type Check,
  type Unasked,
  type Target,
  holds,
  type Judgement,
  undecided,
  unexpected,
  violated,
} from "../check";
import type { Answer } from "../question";

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
