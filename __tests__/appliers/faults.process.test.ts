import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { cut, echo, endless, hang, json, redirect, reset, status, truncated, type Fault } from "../../rehearsal/fault";
import { ALLOW_LIST, KINDS, RESTRICTIONS, WRITING, type Kind } from "./kinds";
import { oneLine, runKind } from "./run-kind";

/** A fault, and the words that the failure must have beside the advice. */
interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly says: (kind: Kind) => string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The end of a request that is never answered, which passes for real: no answered one takes as long on a busy machine. */
const SOON = { APPLIER_REQUEST_TIMEOUT_MS: "5000", APPLIER_ATTEMPTS: "2" };

const FAULTS: readonly Case[] = [
  { name: "401", fault: status(401), says: ({ credential }) => `${credential} isn't accepted` },
  { name: "403", fault: status(403), says: ({ credential }) => `${credential} may not do this` },
  { name: "404", fault: status(404), says: () => "check the id" },
  { name: "402", fault: status(402), says: () => "plan" },
  { name: "409", fault: status(409), says: () => "mend the cause" },
  { name: "429", fault: status(429, "slow down", { "retry-after": "0" }), says: () => "run this applier again" },
  { name: "500", fault: status(500), says: () => "run this applier again" },
  { name: "a reset connection", fault: reset, says: () => "no whole answer" },
  { name: "a hanging connection", fault: hang, says: () => "timed out", environment: SOON },
  { name: "an answer cut in the middle", fault: cut, says: () => "no whole answer" },
  { name: "an endless answer", fault: endless, says: () => "longer than 4 MiB" },
  { name: "an echoed credential", fault: echo(401), says: () => "[redacted]" },
  { name: "a redirect", fault: redirect("https://example.com/"), says: () => "answered 302" },
];

const READ_FAULTS: readonly Case[] = [
  ...FAULTS,
  { name: "truncated JSON", fault: truncated, says: () => "isn't JSON, or not all of it" },
  { name: "an object of another form", fault: json({ id: 7 }), says: () => "in a form that isn't known" },
  { name: "null", fault: json(null), says: () => "in a form that isn't known" },
  { name: "a list", fault: json([{}]), says: () => "in a form that isn't known" },
];

const rows = (kinds: readonly Kind[], faults: readonly Case[]): readonly (readonly [string, string, Kind, Case])[] =>
  kinds.flatMap((kind) => faults.map((fault) => [kind.kind, fault.name, kind, fault] as const));

const only = (names: readonly string[]): readonly Case[] => READ_FAULTS.filter(({ name }) => names.includes(name));

/** Every kind reaches its platform through the same client: one meets every fault, the others meet one of each sort. */
const except = (one: Kind, kinds: readonly Kind[]): readonly Kind[] => kinds.filter((kind) => kind !== one);

describe("a read that fails", () => {
  const sorts = only(["500", "truncated JSON", "an echoed credential"]);

  test.concurrent.each([...rows([RESTRICTIONS], READ_FAULTS), ...rows(except(RESTRICTIONS, KINDS), sorts)])(
    "%s with %s: exit code 2, one line that says what to do, nothing changed",
    (_kind, _fault, kind, { fault, says, environment = {} }) =>
      RenderAndSupabase.during(async (platform) => {
        kind.differing(platform);
        const before = platform.state;
        platform.strike(fault);
        const { code, stdout, stderr } = await runKind(kind, platform, { environment });
        expect({ code, stdout, state: platform.state }).toEqual({ code: 2, stdout: "", state: before });
        expect(stderr).toMatch(oneLine(kind));
        expect(stderr).toContain(says(kind));
        expect(platform.writes).toEqual([]);
      }),
  );
});

describe("a write that fails", () => {
  const sorts = only(["403", "500"]);

  test.concurrent.each([...rows([ALLOW_LIST], FAULTS), ...rows(except(ALLOW_LIST, WRITING), sorts)])(
    "%s with %s: exit code 2, one line that says what to do, nothing changed",
    (_kind, _fault, kind, { fault, says, environment = {} }) =>
      RenderAndSupabase.during(async (platform) => {
        kind.differing(platform);
        const before = platform.state;
        platform.strike(fault, { on: "writes" });
        const { code, stdout, stderr } = await runKind(kind, platform, { environment });
        expect({ code, stdout, state: platform.state }).toEqual({ code: 2, stdout: "", state: before });
        expect(stderr).toMatch(oneLine(kind));
        expect(stderr).toContain(says(kind));
      }),
  );
});

describe("a fault that passes", () => {
  const passing = FAULTS.filter(({ name }) =>
    ["429", "500", "a reset connection", "a hanging connection"].includes(name),
  );

  test.concurrent.each(rows([RESTRICTIONS], passing))("%s gets over %s on reads", (_kind, _fault, kind, { fault }) =>
    RenderAndSupabase.during(async (platform) => {
      kind.differing(platform);
      platform.strike(fault, { on: "reads", times: 1 });
      const { code } = await runKind(kind, platform, { environment: SOON });
      expect(code).toBe(0);
    }),
  );

  test.concurrent.each(rows([ALLOW_LIST], passing))("%s gets over %s on writes", (_kind, _fault, kind, { fault }) =>
    RenderAndSupabase.during(async (platform) => {
      kind.differing(platform);
      platform.strike(fault, { on: "writes", times: 1 });
      const { code } = await runKind(kind, platform, { environment: SOON });
      expect({ code, writes: platform.writes.length }).toEqual({ code: 0, writes: 2 });
    }),
  );
});

describe("a read-back that fails", () => {
  test.concurrent.each(WRITING.map((kind) => [kind.kind, kind] as const))(
    "%s says that it was written and not seen in force, with exit code 2",
    (_, kind) =>
      RenderAndSupabase.during(async (platform) => {
        kind.differing(platform);
        platform.afterWrite = () => platform.strike(status(500));
        const { code, stdout, stderr } = await runKind(kind, platform);
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        expect(stderr).toMatch(oneLine(kind));
        expect(stderr).toContain("written, but not seen in force");
      }),
  );
});
