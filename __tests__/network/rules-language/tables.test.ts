import {
  ArgumentKind,
  type Field,
  FIELDS,
  type FunctionSignature,
  FUNCTIONS,
  isPredicate,
  type Parameter,
  parse,
  PlanRequirement,
  printValue,
  typeName,
  usageOf,
  visit,
  type Visitor,
} from "../../../network/rules-language";

describe("the tables of fields and functions", () => {
  test("fields have the types and plans that the documentation gives", () => {
    const facts = (name: string) => {
      const field = FIELDS.get(name);
      return field && [typeName(field.type), field.plan];
    };
    expect(facts("http.request.headers")).toEqual(["Map<Array<String>>", undefined]);
    expect(facts("http.request.cookies")).toEqual(["Map<Array<String>>", PlanRequirement.PRO]);
    expect(facts("cf.bot_management.score")).toEqual(["Integer", PlanRequirement.ENTERPRISE_ADD_ON]);
    expect(facts("http.request.body.multipart.names")).toEqual(["Array<Array<String>>", PlanRequirement.ENTERPRISE]);
    expect(facts("http.request.scheme")).toBeUndefined();
  });

  test("a field derives from fields", () => {
    const dangling = [...FIELDS.values()].flatMap(({ derivedFrom }) => derivedFrom.filter((name) => !FIELDS.has(name)));
    expect(dangling).toEqual([]);
    expect(FIELDS.get("http.request.full_uri")?.derivedFrom).toEqual([
      "ssl",
      "http.host",
      "http.request.uri.path",
      "http.request.uri.query",
    ]);
  });

  test("deprecated fields derive from their successors", () => {
    expect(FIELDS.get("ip.geoip.asnum")).toMatchObject({ derivedFrom: ["ip.src.asnum"], type: { kind: "integer" } });
  });

  test("functions know their phases, and no name is both a field and a function", () => {
    expect(FUNCTIONS.get("cidr")?.phases).toEqual(["http_request_firewall_custom", "http_ratelimit"]);
    expect(FUNCTIONS.get("lower")?.phases).toBeUndefined();
    expect([...FUNCTIONS.keys()].filter((name) => FIELDS.has(name))).toEqual([]);
  });

  test("a source that has to be a field may not be a literal, a pattern has to be one", () => {
    const kinds = (name: string) => FUNCTIONS.get(name)?.required.map(({ kind }: Parameter) => kind);
    expect(kinds("wildcard_replace")).toEqual([ArgumentKind.FIELD, ArgumentKind.LITERAL, ArgumentKind.LITERAL]);
    expect(kinds("starts_with")).toEqual([ArgumentKind.FIELD, ArgumentKind.ANY]);
  });

  test("every field and function names its page", () => {
    const documented: readonly (Field | FunctionSignature)[] = [...FIELDS.values(), ...FUNCTIONS.values()];
    const sources = documented.map(({ source }) => source);
    expect(sources.filter((source) => !source.startsWith("https://developers.cloudflare.com/"))).toEqual([]);
  });
});

describe("the usage of an expression", () => {
  test("is found at any depth", () => {
    const usage = usageOf(
      parse('any(lower(http.request.headers["x"][*])[*] eq "a") and not (ip.src in $a or http.host matches "b")'),
    );
    expect([...usage.fields].sort()).toEqual(["http.host", "http.request.headers", "ip.src"]);
    expect([...usage.functions]).toEqual(["lower"]);
    expect([...usage.lists]).toEqual(["a"]);
    expect(usage.regex).toBe(true);
  });

  test("holds no text that only looks like a use", () => {
    const usage = usageOf(parse('http.host contains "ip.src in $a matches"'));
    expect([...usage.fields]).toEqual(["http.host"]);
    expect([usage.lists.size, usage.functions.size, usage.regex]).toEqual([0, 0, false]);
  });
});

describe("a visitor", () => {
  test("comes to every node before its parts, from left to right", () => {
    const visited: string[] = [];
    const visitor: Visitor = {
      expression: (expression) => visited.push(isPredicate(expression) ? `? ${expression.kind}` : expression.kind),
      value: (value) => visited.push(printValue(value)),
      literal: ({ kind }) => visited.push(kind),
    };
    visit(parse('not any(starts_with(http.request.headers.names[*], "x")) or true'), visitor);
    expect(visited).toEqual([
      "combination",
      "negation",
      "quantification",
      'starts_with(http.request.headers.names[*], "x")',
      "http.request.headers.names[*]",
      "string",
      "always",
    ]);
  });

  test("tells predicates from expressions made of them", () => {
    expect(
      ["ssl", 'http.host eq "a"', "true", "not ssl", "ssl or ssl"].map((source) => isPredicate(parse(source))),
    ).toEqual([true, true, false, false, false]);
  });
});
