import { EdgePhase } from "../../../policy/edge-phase";
import type { StatementId } from "../../../policy/statements";
import type { JsonTree, StackCopy } from "../folder";
import { bodiesIn, bodyKind, drop, type Kind, put } from "../kind";
import { RULESET } from "../rules";

const RECORD = "cloudflare_dns_record";
const EDGE: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];

const records = (name: string, ...changes: readonly JsonTree[]): Kind =>
  bodyKind(name, RECORD, () =>
    changes.map((members) => ({
      ...{ what: JSON.stringify(members), breaks: EDGE },
      change: (body) => void Object.assign(body, members),
    })),
  );

const beside = (name: string, ...changes: readonly JsonTree[]): Kind =>
  bodyKind(name, RECORD, ({ type }) =>
    changes.map((members) => ({
      ...{ what: JSON.stringify(members), breaks: EDGE },
      change: (body, add) => add({ type, name: "Another", body: { ...body, ...members } }),
    })),
  );

/** The statements whose control comes late where a record doesn't wait for a resource. */
function lateWithout(stack: StackCopy, address: string): readonly StatementId[] {
  const [type = "", name = ""] = address.split(".");
  const body = bodiesIn(stack, type).find((each) => each.name === name)?.body ?? {};
  const { phase, setting_id: setting } = body;
  if (type === RULESET) return BY_PHASE[String(phase)] ?? [];
  if (type === "cloudflare_url_normalization_settings") return ["HOOK-1"];
  return setting === "always_use_https" ? ["PORTS-1", "PORTS-2"] : ["PORTS-1"];
}

const BY_PHASE: Readonly<Record<string, readonly StatementId[]>> = {
  [EdgePhase.REDIRECT]: ["PORTS-2"],
  [EdgePhase.CUSTOM]: ["PORTS-1", "PORTS-2", "HOOK-1"],
  [EdgePhase.LATE_TRANSFORM]: ["WEB-1"],
};

/** A host is public before one of the things that it waits for. */
const DEPENDENCY: Kind = {
  name: "drop a dependency of a record",
  mutants: (stack) =>
    bodyKind("", RECORD, ({ body }) =>
      (body["depends_on"] as readonly string[]).map((address) => ({
        what: address,
        breaks: lateWithout(stack, address),
        change: (copy) =>
          void (copy["depends_on"] = (copy["depends_on"] as string[]).filter((each) => each !== address)),
      })),
    ).mutants(stack),
};

/** The record of a stack stands in another one, which nothing orders behind this one. */
const ELSEWHERE: Kind = {
  name: "move a record to a stack that doesn't wait",
  mutants: (stack) =>
    bodiesIn(stack, RECORD).map((record) => ({
      ...{ at: record.name, stack: stack.name, breaks: EDGE, needsAll: true },
      change: (folder) => {
        drop(folder, stack.name, record);
        const [other = stack] = folder.stacks.filter(
          ({ name, dependencies }) => ![name, ...dependencies].includes(stack.name),
        );
        put(folder, other.name, { ...record, body: { ...record.body, depends_on: [] } });
      },
    })),
};

export const RECORD_KINDS: readonly Kind[] = [
  records(
    "publish a record unproxied",
    { proxied: false },
    { proxied: null },
    { proxied: "false" },
    { proxied: "${var.proxied}" },
  ),
  bodyKind("drop a record", RECORD, () => [{ breaks: EDGE }]),
  records("lead a host to another origin", { content: "198.51.100.7", type: "A" }, { content: "other.onrender.com" }),
  records("let the apply say where a host leads", { content: "${var.content}" }),
  records("move a record to another name", { name: "other.example.com" }, { name: "*" }),
  records("move a record to another zone", { zone_id: "f".repeat(32) }),
  records("create a variable number of records", { count: 2 }, { for_each: "${var.hosts}" }),
  records("drop every dependency of a record", { depends_on: [] }),
  DEPENDENCY,
  ELSEWHERE,
  beside(
    "publish the origin past the edge",
    { name: "direct", proxied: false },
    { name: "*", proxied: false },
    { name: "direct", proxied: false, type: "cname" },
    { name: "direct", proxied: false, type: "A", content: "198.51.100.7" },
  ),
  beside("publish a host by a wildcard that doesn't wait", { name: "*", depends_on: [] }),
  beside("give a host a second record", {}, { content: "198.51.100.7", type: "A" }, { proxied: false }),
];
