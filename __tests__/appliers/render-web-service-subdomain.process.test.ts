import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { domain, type CustomDomain } from "../../rehearsal/render";
import type { Ended } from "../support/run-program";
import { HOSTS, SRV, SUBDOMAIN, webService } from "./kinds";
import { runKind, type Options } from "./run-kind";

const IMPATIENT = { environment: { APPLIER_DEADLINE_MS: "2500" } };

interface Seen extends Ended {
  readonly policy: unknown;
  readonly writes: number;
  readonly prompts: readonly string[];
}

/** A service with these custom domains whose onrender.com name is on, after the program has run. */
const applied = (
  domains: readonly CustomDomain[],
  { prepare, ...options }: Options & { readonly prepare?: (platform: RenderAndSupabase) => void } = {},
): Promise<Seen> =>
  RenderAndSupabase.during(async (platform) => {
    webService(platform, "enabled");
    platform.render.customDomains.set(SRV, domains);
    prepare?.(platform);
    const ended = await runKind(SUBDOMAIN, platform, options);
    return {
      ...ended,
      policy: platform.render.services.get(SRV)?.serviceDetails["renderSubdomainPolicy"],
      writes: platform.writes.length,
      prompts: platform.arrivals.map(({ path }) => path).filter((path) => path.endsWith("/verify")),
    };
  });

const VERIFIED = HOSTS.map((host) => domain(host));
const REFUSED = { code: 1, stdout: "", policy: "enabled", writes: 0 };

describe("the onrender.com name goes off", () => {
  test.concurrent("once the custom domains are verified and exactly the environment's hosts", async () => {
    expect(await applied(VERIFIED)).toMatchObject({ code: 0, policy: "disabled", writes: 1 });
  });

  test.concurrent("with the change of nothing but the policy", () =>
    RenderAndSupabase.during(async (platform) => {
      webService(platform, "enabled");
      await runKind(SUBDOMAIN, platform);
      const body = { serviceDetails: { renderSubdomainPolicy: "disabled" } };
      expect(platform.writes).toMatchObject([{ method: "PATCH", path: `/v1/services/${SRV}`, body }]);
      expect(platform.writes[0]?.body).toEqual(body);
    }),
  );

  test.concurrent("beside the domains that Render adds by itself to redirect to a host", async () => {
    const companions = [
      domain("example.org", "unverified", "www.example.org"),
      domain("www.app.example.com", "verified", "app.example.com"),
    ];
    expect(await applied([...VERIFIED, ...companions])).toMatchObject({ code: 0, policy: "disabled" });
  });

  test.concurrent("when the names differ only in case and in a dot at the end", async () => {
    expect(await applied([domain("App.Example.COM"), domain("www.example.org.")])).toMatchObject({ code: 0 });
  });

  test.concurrent("after the wait for a host that is verified late, which is asked for", async () => {
    let prompts = 0;
    const late = [domain("app.example.com", "unverified"), domain("www.example.org")];
    const seen = await applied(late, {
      prepare: ({ render }) => (render.onVerify = (domains) => ((prompts += 1) > 2 ? VERIFIED : domains)),
    });
    expect(seen).toMatchObject({ code: 0, policy: "disabled", writes: 1 });
    expect(seen.prompts[0]).toBe(`/v1/services/${SRV}/custom-domains/app.example.com/verify`);
    expect(seen.prompts).toHaveLength(3);
  });
});

describe("refuses to turn the onrender.com name off", () => {
  const stranger = (one: CustomDomain): readonly CustomDomain[] => [...VERIFIED, one];

  test.concurrent.each<[string, readonly CustomDomain[], string]>([
    ["without any custom domain", [], "app.example.com is not a custom domain of the service"],
    ["while one host is missing", [domain("app.example.com")], "www.example.org is not a custom domain"],
    ["beside a domain that is no host", stranger(domain("old.example.net")), "old.example.net is a custom domain"],
    ["beside an unverified one", stranger(domain("old.example.net", "unverified")), "no host of the environment"],
    [
      "beside a redirect to a name that is no host",
      stranger(domain("example.net", "verified", "www.example.net")),
      "example.net is a custom domain of the service and no host",
    ],
    [
      "beside a redirect to a host from a name that is not its companion",
      stranger(domain("old.example.net", "verified", "app.example.com")),
      "old.example.net is a custom domain of the service and no host",
    ],
    ["beside a wildcard", stranger(domain("*.example.com")), "*.example.com is a custom domain"],
  ])("%s", async (_, domains, says) => {
    const seen = await applied(domains);
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain(says);
  });

  test.concurrent.each(["unverified", "pending", ""])("while Render says that a host is '%s'", async (verification) => {
    const seen = await applied([domain("app.example.com", verification), domain("www.example.org")], IMPATIENT);
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain("check the host's DNS record");
  });

  test.concurrent("beside a domain on a later page", async () => {
    const pages = [...VERIFIED, domain("old.example.net")];
    const seen = await applied(pages, { prepare: ({ render }) => (render.page = 1) });
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain("old.example.net");
  });

  test.concurrent("when the list of domains doesn't end", async () => {
    const endless = Array.from({ length: 60 }, () => domain("app.example.com"));
    const seen = await applied(endless, { prepare: ({ render }) => (render.page = 1) });
    expect(seen).toMatchObject({ ...REFUSED, code: 2 });
    expect(seen.stderr).toContain("doesn't end");
  });

  test.concurrent("of a service of another type", async () => {
    const seen = await applied(VERIFIED, {
      prepare: ({ render }) => render.services.set(SRV, { id: SRV, type: "static_site", serviceDetails: {} }),
    });
    expect(seen).toMatchObject({ code: 1, stdout: "", writes: 0 });
    expect(seen.stderr).toContain("the service is of type static_site, not web_service");
  });
});

describe("the onrender.com name is not in force as off", () => {
  test.concurrent("where the platform doesn't say what it is", async () => {
    const seen = await applied(VERIFIED, {
      check: true,
      prepare: ({ render }) => render.services.set(SRV, { id: SRV, type: "web_service", serviceDetails: {} }),
    });
    expect(seen).toMatchObject({ code: 1, writes: 0 });
    expect(seen.stderr).toContain("not said to be disabled");
  });

  test.concurrent("where the write was accepted and changed nothing", async () => {
    const seen = await applied(VERIFIED, {
      ...IMPATIENT,
      prepare: ({ render }) => (render.take = (_, before) => before),
    });
    expect(seen).toMatchObject({ code: 1, stdout: "", policy: "enabled" });
    expect(seen.stderr).toContain("written, but not in force: the onrender.com name is enabled");
  });

  test.concurrent("with --check while a host is unverified, without asking Render to verify it", async () => {
    const late = [domain("app.example.com", "unverified"), domain("www.example.org")];
    expect(await applied(late, { check: true })).toMatchObject({ code: 1, writes: 0, prompts: [] });
  });

  test.concurrent("where it is off and a domain was added by hand", async () => {
    const seen = await applied([...VERIFIED, domain("old.example.net")], {
      check: true,
      prepare: (platform) => {
        webService(platform, "disabled");
        platform.render.customDomains.set(SRV, [...VERIFIED, domain("old.example.net")]);
      },
    });
    expect(seen).toMatchObject({ code: 1, writes: 0 });
  });
});
