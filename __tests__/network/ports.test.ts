import { CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS, CLOUDFLARE_PROXIED_PORTS, Port } from "../../network/ports";

describe("ports", () => {
  test.each([
    ["HTTP", Port.HTTP, 80],
    ["HTTPS", Port.HTTPS, 443],
    ["Postgres", Port.POSTGRES, 5432],
    ["the Postgres pooler", Port.POSTGRES_POOLER, 6543],
    ["Redis", Port.REDIS, 6379],
  ])("%s has its number", (_, port, number) => {
    expect(port).toBe(number);
  });

  test("Cloudflare's proxy answers on seven HTTP and six HTTPS ports, none of them twice", () => {
    expect([CLOUDFLARE_HTTP_PORTS.length, CLOUDFLARE_HTTPS_PORTS.length]).toEqual([7, 6]);
    expect(new Set(CLOUDFLARE_PROXIED_PORTS).size).toBe(13);
    expect(CLOUDFLARE_PROXIED_PORTS).toEqual([...CLOUDFLARE_PROXIED_PORTS].sort((a, b) => a - b));
  });

  test("the public's ports are proxied, each under its own scheme", () => {
    expect(CLOUDFLARE_HTTP_PORTS).toContain(Port.HTTP);
    expect(CLOUDFLARE_HTTPS_PORTS).toContain(Port.HTTPS);
  });

  test.each([Port.POSTGRES, Port.POSTGRES_POOLER, Port.REDIS])("the database port %i is not proxied", (port) => {
    expect(CLOUDFLARE_PROXIED_PORTS).not.toContain(port);
  });

  test("the lists cannot be changed", () => {
    expect([CLOUDFLARE_HTTP_PORTS, CLOUDFLARE_HTTPS_PORTS, CLOUDFLARE_PROXIED_PORTS].every(Object.isFrozen)).toBe(true);
  });
});
