import type { StatementId } from "../../../policy/statements";
import { bearingInWords, unknownThingsIn } from "../../../verification/answers/unknown-things";
import { type Unknown, undecidedBy } from "../../../verification/result";
import { resultFor, type StatementResult } from "../../../verification/statements/results";

const place = (name: string) => ({ stack: "shop", pointer: `/resource/cloudflare_dns_record/${name}` });
const unknown = (name: string, reason: string, others: Partial<Unknown> = {}): Unknown => ({
  ...{ reason, question: "target", place: place(name) },
  ...others,
});
const acceptable = (name: string, question: "target" | "repeat" = "target"): Unknown =>
  unknown(name, `${question} of ${name}`, {
    ...{ question, acceptable: true },
    thing: { stack: "shop", address: `cloudflare_dns_record.${name}`, digest: "0123456789abcdef" },
  });
const open = (environment: string, statement: StatementId, ...unknowns: readonly Unknown[]): StatementResult =>
  resultFor({ environment, statement }, undecidedBy(unknowns));
const ALL = ["PORTS-1", "PORTS-2", "HOOK-1"] as const;
const everywhere = (one: Unknown) =>
  ["dev", "shop"].flatMap((environment) => ALL.map((statement) => open(environment, statement, one)));

test("a thing that many results are open for is one, with what it bears on", () => {
  const results = everywhere(unknown("docs", "it is unknown"));
  const { all, of } = unknownThingsIn(results);
  expect(all).toMatchObject([{ name: "U1", reasons: ["it is unknown"], places: [place("docs")], lines: [] }]);
  expect(bearingInWords(all[0]?.bearing ?? [], results)).toBe("all 3 statements of dev, shop");
  for (const result of results) expect(of(result)).toEqual(all);
});

test("several reasons at one place are one thing", () => {
  const { all } = unknownThingsIn([open("shop", "PORTS-1", unknown("docs", "a"), unknown("docs", "b"))]);
  expect(all).toMatchObject([{ reasons: ["a", "b"], places: [place("docs")] }]);
});

test("places that are unknown for the same reasons are one thing", () => {
  const { all } = unknownThingsIn([open("shop", "PORTS-1", unknown("a", "same"), unknown("b", "same"))]);
  expect(all).toMatchObject([{ reasons: ["same"], places: [place("a"), place("b")] }]);
});

test("things of other reasons stay apart, and each result refers to its own", () => {
  const results = [open("shop", "PORTS-1", unknown("a", "one")), open("shop", "WEB-1", unknown("b", "other"))];
  const { all, of } = unknownThingsIn(results);
  expect(all.map(({ name }) => name)).toEqual(["U1", "U2"]);
  expect(results.map((result) => of(result).map(({ name }) => name))).toEqual([["U1"], ["U2"]]);
  expect(all.map(({ bearing }) => bearingInWords(bearing, results))).toEqual(["PORTS-1 of shop", "WEB-1 of shop"]);
});

test("a thing that can be accepted has a line for each environment and question", () => {
  const { all } = unknownThingsIn([
    open("dev", "PORTS-1", acceptable("docs")),
    open("shop", "PORTS-1", acceptable("docs"), acceptable("docs", "repeat")),
    open("shop", "PORTS-2", acceptable("docs")),
  ]);
  const line = (question: string) =>
    `Accept.resource("shop", "cloudflare_dns_record.docs", "${question}", "0123456789abcdef", reason)`;
  expect(all).toHaveLength(1);
  expect(all[0]?.refusals).toEqual([]);
  expect(all[0]?.lines.map(({ environment, line: text }) => [environment, text])).toEqual([
    ["dev", line("target")],
    ["shop", line("target")],
    ["shop", line("repeat")],
  ]);
});

test.each<readonly [question: Unknown["question"], refusal: readonly string[]]>([
  ["target", ["it may change what a statement rests on"]],
  ["program", ["it may do anything"]],
  ["identity", ["it may be one that a policy names"]],
  ["stack", []],
  ["acceptance", []],
])(
  "a thing of the question %s says why it can't be accepted, unless its reason says what to do",
  (question, refusal) => {
    const { all } = unknownThingsIn([open("shop", "PORTS-1", unknown("docs", "x", { question }))]);
    expect(all).toMatchObject([{ lines: [], refusals: refusal }]);
  },
);

test("an unknown without a place is told by its reason", () => {
  const nowhere: Unknown = { reason: "too many values", question: "budget" };
  expect(unknownThingsIn(everywhere(nowhere)).all).toMatchObject([{ reasons: ["too many values"], places: [] }]);
});
