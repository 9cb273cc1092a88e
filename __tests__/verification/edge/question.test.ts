import { CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS } from "../../../network/ports";
import { parse, type Predicate } from "../../../network/rules-language";
import { EdgeAxis, edgeAxes } from "../../../verification/edge/axes";
import { CONNECTIONS } from "../../../verification/edge/scope";
import { questionOf } from "../../../verification/edge/question";
import { evaluate } from "../../../verification/edge/evaluate/evaluate";
import { requestOf } from "../../../verification/edge/evaluate/request";

const holds = (predicate: string) => {
  const question = questionOf(parse(predicate) as Predicate, new Map());
  if (question?.axis !== EdgeAxis.CONNECTION) throw new Error(`${predicate} asks no connection`);
  return question.asks;
};

describe("the connections", () => {
  test("join each port with the scheme that it speaks", () => {
    const of = (scheme: string) => CONNECTIONS.filter((each) => each.scheme === scheme).map(({ port }) => port);
    expect([of("http"), of("https")]).toEqual([CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS]);
  });

  test("fall into classes that never join what doesn't go together", () => {
    const asked = ["ssl", "cf.edge.server_port eq 80", "cf.edge.server_port eq 443"].map(holds);
    const classes = edgeAxes({}, true).axis(EdgeAxis.CONNECTION).classes(asked);
    expect(classes.flatMap(({ examples }) => examples)).toEqual([
      { scheme: "https", port: 443 },
      { scheme: "https", port: 2053 },
      { scheme: "http", port: 80 },
      { scheme: "http", port: 2052 },
    ]);
  });

  test.each([
    "ssl",
    "cf.edge.server_port eq 443",
    "cf.edge.server_port ne 80",
    "cf.edge.server_port lt 443",
    "cf.edge.server_port ge 8080",
    "cf.edge.server_port in {80 443 2000..2090}",
    "cf.edge.server_port & 1",
  ])("answer %s as the evaluator does", (predicate) => {
    for (const connection of CONNECTIONS) {
      const request = requestOf({ ssl: connection.scheme === "https", "cf.edge.server_port": connection.port });
      expect(holds(predicate)(connection)).toBe(evaluate(parse(predicate), request).value);
    }
  });
});

describe("a predicate has no question", () => {
  test.each([
    ["of two fields", 'concat(http.host, http.request.uri.path) eq "a"'],
    ["of a looked-up field", 'ip.src.country eq "XX"'],
    ["of a header", 'http.request.headers["x"][0] eq "a"'],
    ["of a list that isn't known", "ip.src in $office"],
    ["of a regular expression in Unicode mode", 'http.host matches "(?u)\\pL"'],
    ["of decoding with the option u", 'url_decode(http.request.uri.path, "u") eq "a"'],
    ["of a function that isn't modelled", 'substring(http.host, 1) eq "a"'],
    ["of a derived field", 'http.request.full_uri contains "a"'],
  ])("%s", (_what, predicate) => {
    expect(questionOf(parse(predicate) as Predicate, new Map())).toBeUndefined();
  });
});
