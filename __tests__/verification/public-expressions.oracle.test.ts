import { AddressSet } from "../../network/address-set";
import {
  type Argument,
  FIELDS,
  FUNCTIONS,
  parse,
  parseValue,
  print,
  printValue,
  RulesLanguageError,
  type Type,
  usageOf,
} from "../../network/rules-language";
import { EdgePhase } from "../../policy/edge-phase";
import { ACCEPTED, endsBy, type Expectation, Quantifier, REFUSED, type Proof } from "../../verification/edge/proof";
import { prove } from "../../verification/edge/prove";
import type { Scope } from "../../verification/edge/scope";
import { evaluate, evaluateValue } from "../../verification/edge/evaluate/evaluate";
import { type FieldInput, requestOf } from "../../verification/edge/evaluate/request";
import {
  FIELDS_WITHOUT_EXAMPLE,
  PUBLIC_EXPRESSIONS,
  type PublicExpression,
  REFUSED_EXPRESSIONS,
} from "../support/rules-language/public-expressions";
import { shape } from "../support/rules-language/shape";
import { runs, sample } from "../support/sample";
import { block, zoneOf } from "./edge/edge";

const FILTERS = PUBLIC_EXPRESSIONS.filter(({ kind }) => kind === "filter").map(({ expression }) => expression);
const VALUES = PUBLIC_EXPRESSIONS.filter(({ kind }) => kind === "value").map(({ expression }) => expression);

/** The number of filters that are decided. The others depend on facts that only the platform knows. */
const DECIDED = { request: 820, proven: runs(40, 205), violated: runs(40, 210) } as const;

const treeOf = ({ kind, expression }: PublicExpression): Argument =>
  kind === "value" ? parseValue(expression) : parse(expression);

/** An expression after it was printed and read again. */
const again = ({ kind, expression }: PublicExpression): Argument =>
  kind === "value" ? parseValue(printValue(parseValue(expression))) : parse(print(parse(expression)));

/** A few requests: every path of one host with one query, from some addresses. */
const SCOPE: Scope = {
  connections: [{ scheme: "https", port: 443 }],
  hosts: ["www.example.com"],
  methods: ["GET", "POST"],
  queries: ["search=red+apples"],
  sources: AddressSet.of("visitors", ["192.0.2.0/24", "2001:db8::/32"]),
};

const NEVER_BLOCKED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "origin" ? ACCEPTED : REFUSED),
  isAlwaysAccepted: endsBy(),
};

/** The proof about a zone whose only rule blocks the requests that an expression matches. */
function proofOf(expression: string): Proof {
  const escaped = expression.replace(/[$%](?=\{)/g, "$&$&");
  return prove(zoneOf({ [EdgePhase.CUSTOM]: [block("public", escaped)] }), SCOPE, NEVER_BLOCKED);
}

/** A request of which every field is known. */
const REQUEST = requestOf({
  ...Object.fromEntries([...FIELDS.values()].map(({ name, type }) => [name, ordinary(type)])),
  "http.host": "www.example.com",
  "http.request.method": "POST",
  "http.request.uri.path": "/api/login",
  "http.user_agent": "Mozilla/5.0",
  "http.request.headers": { "content-type": ["application/json"] },
  "ip.src.country": "GB",
});

function ordinary(type: Type): FieldInput {
  switch (type.kind) {
    case "boolean":
      return false;
    case "integer":
      return 50;
    case "string":
      return "text";
    case "address":
      return "192.0.2.1";
    case "array":
      return [ordinary(type.element)];
    case "map":
      return { name: ordinary(type.element) };
  }
}

describe("expressions that others published", () => {
  test("are hundreds, each once and with its address", () => {
    expect(FILTERS.length).toBeGreaterThanOrEqual(900);
    expect(VALUES.length).toBeGreaterThanOrEqual(140);
    expect(new Set(PUBLIC_EXPRESSIONS.map(({ kind, expression }) => `${kind} ${expression}`)).size).toBe(
      PUBLIC_EXPRESSIONS.length,
    );
    expect(PUBLIC_EXPRESSIONS.filter(({ source }) => !/^https:\/\/[\w.-]+\/./.test(source))).toEqual([]);
  });

  test("use every field and function, but for fields that nobody shows", () => {
    const { fields, functions } = usageOf(...PUBLIC_EXPRESSIONS.map(treeOf));
    expect([...FIELDS.keys()].filter((name) => !fields.has(name)).sort()).toEqual([...FIELDS_WITHOUT_EXAMPLE].sort());
    expect([...FUNCTIONS.keys()].filter((name) => !functions.has(name))).toEqual([]);
  });

  test("are the same once they were printed and read again", () => {
    expect(PUBLIC_EXPRESSIONS.filter((one) => shape(treeOf(one)) !== shape(again(one)))).toEqual([]);
  });

  test("are decided of a request that is known in full, or undecided with a reason", () => {
    const verdicts = FILTERS.map((expression) => evaluate(parse(expression), REQUEST));
    expect(verdicts.filter(({ isUndecided, reasons }) => isUndecided !== reasons.length > 0)).toEqual([]);
    expect(verdicts.filter(({ isUndecided }) => !isUndecided).length).toBeGreaterThanOrEqual(DECIDED.request);
    const outcomes = VALUES.map((expression) => evaluateValue(parseValue(expression), REQUEST));
    expect(outcomes.filter((outcome) => outcome.kind === "unknown" && outcome.reasons.length === 0)).toEqual([]);
  });

  test("are decided of all requests of a scope as a rule's condition, or undecided with a reason", () => {
    const proofs = sample(FILTERS, 5).map(proofOf);
    const undecided = proofs.filter((proof) => proof.kind === "undecided");
    expect(undecided.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
    expect(proofs.filter(({ kind }) => kind === "proven").length).toBeGreaterThanOrEqual(DECIDED.proven);
    expect(proofs.filter(({ kind }) => kind === "violated").length).toBeGreaterThanOrEqual(DECIDED.violated);
  });
});

describe("texts that others published as expressions and that are none here", () => {
  test("are refused, each for a reason that is written down", () => {
    for (const { expression } of REFUSED_EXPRESSIONS) expect(() => parse(expression)).toThrow(RulesLanguageError);
    expect(REFUSED_EXPRESSIONS.filter(({ reason, source }) => reason === "" || !source.startsWith("https://"))).toEqual(
      [],
    );
  });

  test("leave it undecided what a rule with them blocks", () => {
    const kinds = new Set(REFUSED_EXPRESSIONS.map(({ expression }) => proofOf(expression).kind));
    expect([...kinds]).toEqual(["undecided"]);
  });
});
