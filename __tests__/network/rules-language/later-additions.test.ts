import { FIELDS, FUNCTIONS, parse, parseValue, print, printValue, typeName } from "../../../network/rules-language";

/** https://developers.cloudflare.com/ruleset-engine/rules-language/functions/ */
describe("functions that the language got later", () => {
  test.each([
    'has_key(http.request.headers, "x-my-header")',
    "has_key(http.request.headers, lower(http.request.uri.args.names[0]))",
    'has_value(http.request.headers.names, "X-My-Header")',
    "has_value(http.request.headers.names, http.request.uri.args.names[0])",
    "has_value(cf.bot_management.detection_ids, 123)",
    'is_jwt_present("51231d16-01f1-48e3-93f8-91c99e81288e")',
    'not is_jwt_valid("51231d16-01f1-48e3-93f8-91c99e81288e")',
  ])("take %s", (expression) => {
    expect(print(parse(expression))).toBe(expression);
  });

  test.each([
    'encode_base64("hello world", "up")',
    'encode_base64(sha256(concat(to_string(ip.src), http.host, "my-secret")))',
  ])("compute %s", (expression) => {
    expect(printValue(parseValue(expression))).toBe(expression);
  });

  test.each([
    ['has_key(http.request.headers.names, "a")', "found Array<String>, expected Map<Array<String>>"],
    ["has_key(http.request.headers, 1)", "found Integer, expected String for the key of has_key"],
    ["has_value(http.request.headers.names, 123)", "found Integer, expected String for the value of has_value"],
    ['has_value(cf.bot_management.detection_ids, "a")', "found String, expected Integer for the value of has_value"],
    ['has_value(http.request.headers, "a")', "found Map<Array<String>>, expected Array<String> or Array<Integer>"],
    ["is_jwt_valid(http.host)", "expected a literal for the token_configuration_id of is_jwt_valid"],
    ['encode_base64("a", "x") eq "YQ"', "expected letters of u, p, each once for the flags of encode_base64"],
  ])("refuse %s", (expression, message) => {
    expect(() => parse(expression)).toThrow(message);
  });

  test("know where they may be called, and by whom", () => {
    expect(FUNCTIONS.get("encode_base64")?.phases).toEqual([
      "http_request_late_transform",
      "http_response_headers_transform",
    ]);
    expect(FUNCTIONS.get("sha256")?.plan).toBe("enterprise add-on");
    expect(FUNCTIONS.get("has_key")?.phases).toBeUndefined();
  });
});

describe("fields that products fill", () => {
  test.each([
    ["cf.api_gateway.graphql.query_depth", "Integer", "api-shield/security/graphql-protection/configure/"],
    ["cf.sequence.previous_ops", "Array<String>", "api-shield/security/sequence-mitigation/custom-rules/"],
    ["cf.sequence.msec_since_op", "Map<Integer>", "api-shield/security/sequence-mitigation/custom-rules/"],
    [
      "http.request.jwt.claims",
      "Map<Array<String>>",
      "waf/custom-rules/use-cases/check-jwt-claim-to-protect-admin-user/",
    ],
    ["cf.waf.signature.request.refs", "Array<String>", "waf/detections/attack-signature-detection/fields/"],
    ["cf.intel.ip.datasets", "Array<String>", "waf/detections/threat-intelligence/fields/"],
    [
      "cf.appsec.request.failed_detections",
      "Array<String>",
      "ruleset-engine/rules-language/fields/reference/cf.appsec.request.failed_detections/",
    ],
  ])("%s is %s", (name, type, page) => {
    const field = FIELDS.get(name);
    expect(field && typeName(field.type)).toBe(type);
    expect(field?.source).toBe(`https://developers.cloudflare.com/${page}`);
  });

  test("can be asked as their pages show", () => {
    const expression = 'lookup_json_string(http.request.jwt.claims["id"][0], "user") eq "admin" and cf.waf.score lt 40';
    expect(print(parse(expression))).toBe(expression);
  });
});
