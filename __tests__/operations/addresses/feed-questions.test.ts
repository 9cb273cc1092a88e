import { DEFAULT_ENDPOINTS, readEndpoints } from "../../../operations/addresses/feed-questions";
import { problemsWith } from "../../support/problems";

describe("endpoints", () => {
  test("are the services themselves unless others are written", () => {
    expect(readEndpoints({}, {})).toEqual(DEFAULT_ENDPOINTS);
    expect(readEndpoints({ whois: "127.0.0.1:4343" }, {})).toEqual({
      ...DEFAULT_ENDPOINTS,
      whois: { host: "127.0.0.1", port: 4343 },
    });
  });

  test("have whois on port 43 unless another one is written", () => {
    expect(readEndpoints({ whois: "whois.example.com" }, {}).whois).toEqual({ host: "whois.example.com", port: 43 });
  });

  test("are https to every host", () => {
    expect(DEFAULT_ENDPOINTS.announced).toMatch(/^https:/);
    expect(DEFAULT_ENDPOINTS.cloudflare).toMatch(/^https:/);
  });

  test.each(["http://127.0.0.1:8080/ips", "http://127.9.9.9/ips", "http://[::1]:8080/ips", "https://example.com/ips"])(
    "may be %s",
    (cloudflare) => {
      expect(readEndpoints({ cloudflare }, {}).cloudflare).toBe(cloudflare);
    },
  );

  test.each([
    "http://example.com/ips",
    "http://localhost/ips",
    "http://127.0.0.1.example.com/ips",
    "http://10.0.0.1/ips",
    "http://[::ffff:127.0.0.1]/ips",
    "https://user:secret@example.com/ips",
    "file:///etc/hosts",
    "ftp://127.0.0.1/ips",
    "127.0.0.1:80",
    "",
  ])("may not be %j", (url) => {
    expect(problemsWith(() => readEndpoints({ cloudflare: url }, {})).map(({ at }) => at)).toEqual(["cloudflare"]);
    expect(problemsWith(() => readEndpoints({ announced: url }, {})).map(({ at }) => at)).toEqual(["announced"]);
  });

  test.each([
    "",
    ":43",
    "example.com:",
    "example.com:0",
    "example.com:65536",
    "a b:43",
    "-x:43",
    "x\ny:43",
    "[::1]:43",
  ])("may not have whois at %j", (whois) => {
    expect(problemsWith(() => readEndpoints({ whois }, {})).map(({ at }) => at)).toEqual(["whois"]);
  });

  test("may not be asked by a process that believes any certificate", () => {
    const variables = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    expect(problemsWith(() => readEndpoints({}, variables))).toMatchObject([
      { at: "NODE_TLS_REJECT_UNAUTHORIZED", got: '"0"' },
    ]);
    expect(readEndpoints({}, { NODE_TLS_REJECT_UNAUTHORIZED: "1" })).toEqual(DEFAULT_ENDPOINTS);
  });

  test("are refused all at once", () => {
    expect(problemsWith(() => readEndpoints({ whois: "", announced: "", cloudflare: "" }, {}))).toHaveLength(3);
  });
});
