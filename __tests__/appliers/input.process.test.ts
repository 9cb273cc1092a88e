import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { runApplier } from "../support/run-applier";
import type { Ended } from "../support/run-program";
import {
  ALLOW_LIST,
  DEDICATED,
  KINDS,
  RESTRICTIONS,
  SERVICE_TYPE,
  SUBDOMAIN,
  WEB_ALLOW_LIST,
  type Kind,
} from "./kinds";
import { runKind } from "./run-kind";

interface Refusal {
  readonly code: number | null;
  readonly stdout: string;
  readonly arrivals: number;
  readonly stderr: string;
}

/** Runs a kind on a platform where its state is in force, so that only its input can be refused. */
const refusal = (
  kind: Kind,
  change: Readonly<Record<string, string>>,
  desired: unknown = kind.desired,
): Promise<Refusal> =>
  RenderAndSupabase.during(async (platform) => {
    kind.inForce(platform);
    const { code, stdout, stderr } = await runKind(kind, platform, { environment: change, desired });
    return { code, stdout, stderr, arrivals: platform.arrivals.length };
  });

/** Refused before anything was asked of the platform. */
const REFUSED = { code: 2, stdout: "", arrivals: 0 };

describe("refuses a desired state", () => {
  const changed = (kind: Kind, change: Readonly<Record<string, unknown>>): unknown => ({ ...kind.desired, ...change });

  test.concurrent.each<[string, Kind, unknown, string]>([
    ["that is missing", RESTRICTIONS, "", "DESIRED_STATE isn't set"],
    ["that isn't JSON", RESTRICTIONS, "{", "DESIRED_STATE isn't JSON"],
    ["that is no object", SUBDOMAIN, [], "must be of type object"],
    ["without its target", SERVICE_TYPE, { type: "background_worker" }, "DESIRED_STATE.serviceId is missing"],
    [
      "with a member that has no meaning",
      RESTRICTIONS,
      changed(RESTRICTIONS, { db_allowed_cidrs: [] }),
      "db_allowed_cidrs",
    ],
    ["with one family only", RESTRICTIONS, { ...RESTRICTIONS.desired, dbAllowedCidrsV6: undefined }, "V6 is missing"],
    [
      "with a target that leads elsewhere",
      ALLOW_LIST,
      changed(ALLOW_LIST, { keyValueId: "red-a/../x" }),
      "keyValueId must",
    ],
    [
      "that opens the database to all",
      RESTRICTIONS,
      changed(RESTRICTIONS, { dbAllowedCidrs: ["0.0.0.0/0"] }),
      "Cidrs[0] must",
    ],
    ["that opens it over IPv6", RESTRICTIONS, changed(RESTRICTIONS, { dbAllowedCidrsV6: ["::/0"] }), "CidrsV6[0] must"],
    [
      "with a block that begins inside itself",
      RESTRICTIONS,
      changed(RESTRICTIONS, { dbAllowedCidrs: ["203.0.113.10/24"] }),
      '"203.0.113.10/24" is not a CIDR block that begins with its first address',
    ],
    [
      "with something like an IPv6 block",
      RESTRICTIONS,
      changed(RESTRICTIONS, { dbAllowedCidrsV6: ["2001:db8:::/64"] }),
      '"2001:db8:::/64" is not a CIDR block',
    ],
    [
      "with a block of the private network that begins inside itself",
      ALLOW_LIST,
      changed(ALLOW_LIST, { ipAllowList: [{ cidrBlock: "203.0.113.1/28", description: "" }] }),
      '"203.0.113.1/28" is not a CIDR block',
    ],
    [
      "with an allow list of nobody",
      WEB_ALLOW_LIST,
      changed(WEB_ALLOW_LIST, { ipAllowList: [] }),
      "ipAllowList must have at least 1",
    ],
    [
      "with an allow list of everybody",
      WEB_ALLOW_LIST,
      changed(WEB_ALLOW_LIST, { ipAllowList: [{ cidrBlock: "0.0.0.0/0", description: "" }] }),
      "cidrBlock must have the form",
    ],
    [
      "with an allow list whose block begins inside itself",
      WEB_ALLOW_LIST,
      changed(WEB_ALLOW_LIST, { ipAllowList: [{ cidrBlock: "2001:db8::1/64", description: "" }] }),
      '"2001:db8::1/64" is not a CIDR block',
    ],
    [
      "that turns the onrender.com name on",
      SUBDOMAIN,
      changed(SUBDOMAIN, { renderSubdomainPolicy: "enabled" }),
      'must be "disabled"',
    ],
    ["without any host", SUBDOMAIN, changed(SUBDOMAIN, { customDomains: [] }), "at least 1"],
    [
      "with a type that takes connections",
      SERVICE_TYPE,
      changed(SERVICE_TYPE, { type: "private_service" }),
      "must be one of",
    ],
    ["without any address", DEDICATED, changed(DEDICATED, { ips: [] }), "at least 1"],
  ])("%s", async (_, kind, desired, says) => {
    const seen = await refusal(kind, {}, desired);
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain(says);
  });
});

describe("refuses an endpoint", () => {
  test.concurrent.each<[string, Kind, string, string]>([
    ["over http that isn't loopback", RESTRICTIONS, "http://api.example.com", "is neither https nor loopback"],
    ["that only begins like loopback", RESTRICTIONS, "http://127.0.0.1.example.com", "is neither https nor loopback"],
    [
      "with a name that only ends like loopback",
      RESTRICTIONS,
      "http://example.localhost",
      "is neither https nor loopback",
    ],
    ["of another scheme", RESTRICTIONS, "file:///etc/passwd", "is neither https nor loopback"],
    ["that is no address", ALLOW_LIST, "api.render.com", "isn't an address"],
    ["without its /v1", ALLOW_LIST, "https://api.render.com", "doesn't end in /v1"],
    ["with a /v1 too many", RESTRICTIONS, "https://api.supabase.com/v1", "ends in /v1"],
    ["with a password", RESTRICTIONS, "https://user:hunter2secret@api.example.com", "holds a user name or password"],
    ["with a query", ALLOW_LIST, "https://api.example.com/v1?key=hunter2secret", "holds a query or fragment"],
  ])("%s", async (_, kind, endpoint, says) => {
    const seen = await refusal(kind, { [kind.endpoint]: endpoint });
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain(`${kind.endpoint} ${says}`);
    expect(seen.stderr).not.toContain("hunter2secret");
  });

  test.concurrent("away from loopback while certificates aren't checked", async () => {
    const environment = { RENDER_HOST: "https://api.example.com/v1", NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    const seen = await refusal(ALLOW_LIST, environment);
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain("turns certificate checks off");
  });
});

describe("refuses a credential", () => {
  test.concurrent.each(KINDS.map((kind) => [kind.kind, kind] as const))("of %s that is empty", async (_, kind) => {
    const seen = await refusal(kind, { [kind.credential]: "" });
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain(`${kind.credential} isn't set; set it in the environment of this process`);
  });

  test.concurrent.each(["hunter2secret\n", "hunter2 secret", "hunter2\u00e9"])(
    "that no header can carry (%j), without showing it",
    async (credential) => {
      const seen = await refusal(RESTRICTIONS, { SUPABASE_ACCESS_TOKEN: credential });
      expect(seen).toMatchObject(REFUSED);
      expect(seen.stderr).toContain("SUPABASE_ACCESS_TOKEN holds a space, a line break");
      expect(seen.stderr).not.toContain("hunter2");
    },
  );
});

describe("refuses to run", () => {
  test.concurrent.each([["--force"], ["--check", "--check"], ["destroy"], ["--check=false"]])(
    "with the arguments %s",
    (...args) =>
      RenderAndSupabase.during(async (platform) => {
        ALLOW_LIST.differing(platform);
        const { environment } = platform;
        const ended: Ended = await runApplier({ ...ALLOW_LIST, environment, args });
        expect(ended).toMatchObject({ code: 2, stdout: "" });
        expect(ended.stderr).toContain("the only argument is --check");
        expect(platform.arrivals).toEqual([]);
      }),
  );

  test.concurrent.each([
    ["APPLIER_DEADLINE_MS", "3600001"],
    ["APPLIER_REQUEST_TIMEOUT_MS", "1.5"],
    ["APPLIER_ATTEMPTS", "0"],
    ["APPLIER_BACKOFF_MS", "-1"],
    ["APPLIER_POLL_MS", "soon"],
  ])("with %s=%s", async (variable, value) => {
    const seen = await refusal(ALLOW_LIST, { [variable]: value });
    expect(seen).toMatchObject(REFUSED);
    expect(seen.stderr).toContain(`${variable} isn't a whole number from 1 to`);
  });
});
