import { EdgePhase } from "../../../../policy/edge-phase";
import { compare } from "../../../../verification/answers/diff/report";
import { Area } from "../../../../verification/answers/diff/difference";
import { appOf, changedBy, rules } from "./apps";

const closedWhere = (expression: string) => {
  const block = { ref: "b", description: "", action: "block", expression, enabled: true };
  // Where it isn't known whether Meta sends such a request, HOOK-1 is another item.
  const item = changedBy(rules(EdgePhase.CUSTOM, (all) => [block, ...all])).find(({ area }) => area === Area.REQUESTS);
  return { example: item?.examples[0], notes: item?.notes };
};

describe("an example is a command that sends what a condition asks for:", () => {
  test.each([
    ['http.user_agent contains "bot"', "curl -i --path-as-is -A bot https://app.shop.dev/"],
    ['http.user_agent eq "it\'s a bot"', "curl -i --path-as-is -A 'it'\\''s a bot' https://app.shop.dev/"],
    ['any(http.request.headers["x-a"][*] eq "1")', "curl -i --path-as-is -H 'x-a: 1' https://app.shop.dev/"],
    [
      'any(http.request.headers["x-token"][*] eq "1")',
      "curl -i --path-as-is -H 'x-token: (hidden)' https://app.shop.dev/",
    ],
    ['http.request.full_uri wildcard "https://*.shop.dev/adm*"', "curl -i --path-as-is https://app.shop.dev/adm"],
  ])("%s", (condition, command) => {
    const { example, notes } = closedWhere(condition);
    expect(example?.startsWith(command)).toBe(true);
    expect(notes).toEqual([]);
  });

  test("and there is none where nobody knows one", () => {
    expect(closedWhere('http.request.full_uri wildcard "https://other.dev/*"')).toEqual({
      example: undefined,
      notes: ["no example is known"],
    });
  });
});

test("what is assumed of requests stands together behind where", () => {
  const block = { ref: "b", description: "", action: "block", enabled: true };
  const expression = 'ip.src.country eq "DE" and not http.user_agent contains "x"';
  const [item] = changedBy(rules(EdgePhase.CUSTOM, (all) => [{ ...block, expression }, ...all]));
  expect(item?.what).toMatch(/ where not http\.user_agent contains "x" and ip\.src\.country eq "DE"$/);
});

describe("an example of a redirect that differs ends otherwise on both sides, or isn't shown:", () => {
  interface Redirect {
    readonly when: string;
    readonly value?: string;
    readonly expression?: string;
    readonly keepsQuery?: boolean;
    readonly status?: number;
  }
  const OLD = 'starts_with(http.request.uri.path, "/old")';
  const redirecting = ({ when, value, expression, keepsQuery = false, status = 301 }: Redirect) =>
    appOf(
      undefined,
      rules(EdgePhase.REDIRECT, (all) => [
        {
          ...{ ref: "r", description: "", action: "redirect", enabled: true, expression: when },
          action_parameters: {
            from_value: {
              ...{ status_code: status, preserve_query_string: keepsQuery },
              target_url: value === undefined ? { expression } : { value },
            },
          },
        },
        ...all,
      ]),
    );
  const exampleOf = (before: Redirect, after: Redirect) => {
    const { differences } = compare({ before: redirecting(before), after: redirecting(after) });
    const [item, ...others] = differences.filter(({ by }) => by.before?.name === "r" && by.after?.name === "r");
    expect(others).toEqual([]);
    return { example: item?.examples[0], notes: item?.notes };
  };
  const curl = (url: string) => ({ example: `curl -i --path-as-is ${url} # from 192.0.2.1`, notes: [] });
  const OTHER = "https://other.dev/";
  const path = 'concat("https://app.shop.dev", http.request.uri.path)';

  test("another target", () => {
    const when = 'http.request.uri.path eq "/old"';
    expect(exampleOf({ when, value: OTHER }, { when, value: `${OTHER}x` })).toEqual(curl("https://app.shop.dev/old"));
  });

  test("another status", () => {
    const when = 'http.request.uri.path eq "/old"';
    expect(exampleOf({ when, value: OTHER }, { when, value: OTHER, status: 302 })).toEqual(
      curl("https://app.shop.dev/old"),
    );
  });

  test("a query that is kept no longer", () => {
    const when = 'http.request.uri.path eq "/old"';
    expect(exampleOf({ when, value: OTHER, keepsQuery: true }, { when, value: OTHER })).toEqual(
      curl("'https://app.shop.dev/old?example'"),
    );
  });

  test("a path that is written in lower case now", () => {
    expect(
      exampleOf(
        { when: OLD, expression: path },
        { when: OLD, expression: path.replace("http.request.uri.path", "lower(http.request.uri.path)") },
      ),
    ).toEqual(curl("https://app.shop.dev/oldExample"));
  });

  test("a path that is kept no longer", () => {
    expect(exampleOf({ when: OLD, expression: path }, { when: OLD, value: "https://app.shop.dev/old" })).toEqual(
      curl("https://app.shop.dev/oldExample"),
    );
  });

  test("two notations of one target have none", () => {
    const when = 'http.request.uri.path eq "/old"';
    expect(exampleOf({ when, expression: path }, { when, value: "https://app.shop.dev/old" })).toEqual({
      example: undefined,
      notes: ["no example is known that ends otherwise"],
    });
  });
});

test("an example of a header that differs shows another value, or isn't shown", () => {
  const heading = (expression: string) =>
    appOf(
      undefined,
      rules(EdgePhase.LATE_TRANSFORM, (all) => [
        ...all,
        {
          ...{ ref: "h", description: "", action: "rewrite", enabled: true, expression: "true" },
          action_parameters: { headers: { "X-A": { operation: "set", expression } } },
        },
      ]),
    );
  const exampleOf = (before: string, after: string) => {
    const [item] = compare({ before: heading(before), after: heading(after) }).differences;
    return [item?.direction, item?.examples[0] ?? item?.notes[0]];
  };
  expect(exampleOf("http.host", "lower(http.host)")).toEqual([
    "changed",
    "curl -i --path-as-is https://APP.SHOP.DEV/ # from 192.0.2.1",
  ]);
  expect(exampleOf("http.request.uri.path", "url_decode(http.request.uri.path)")).toEqual([
    "changed",
    "curl -i --path-as-is https://app.shop.dev/%20 # from 192.0.2.1",
  ]);
  expect(exampleOf("http.host", 'concat(http.host, "")')).toEqual([
    "changed",
    "no example is known that ends otherwise",
  ]);
});
