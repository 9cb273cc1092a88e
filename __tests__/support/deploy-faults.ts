import type { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import type { Struck } from "../../rehearsal/server";
import { echo, type Fault, hang, reset, status, truncated } from "../../rehearsal/fault";
import { domain } from "../../rehearsal/render";
import { UNRESTRICTED } from "../../rehearsal/supabase";
import { ADDRESSES, dedicated, domains, HOST, project, workerType } from "./platform-environment";

/** A fault of a platform, and the words that the apply must have for it. */
export interface DeployFault {
  readonly fault: string;
  readonly strike: (platform: RenderAndSupabase) => void;
  readonly says: readonly string[];
  /** The requests that must not be made, since they wait for the one that fails. */
  readonly untouched?: RegExp;
  /** Does what a person does about a fault that doesn't end by itself. */
  readonly mend?: (platform: RenderAndSupabase) => void;
}

const DATABASE = /^\/v1\/projects\//;

const PLATFORMS = [
  { name: "Supabase", credential: "SUPABASE_ACCESS_TOKEN", at: DATABASE },
  { name: "Render", credential: "RENDER_API_KEY", at: /^\/v1\/(?!projects\/)/ },
];

const AGAIN = "run this applier again when the platform answers";

/** The faults between a client and either platform. */
const AT_A_PLATFORM: readonly DeployFault[] = PLATFORMS.flatMap(({ name, credential, at }) => {
  const strike = (fault: Fault, on?: Struck["on"]) => (platform: RenderAndSupabase) => {
    platform.strike(fault, { at, ...(on === undefined ? {} : { on }) });
  };
  return [
    {
      fault: "401",
      strike: strike(status(401)),
      says: [`answered 401`, `${credential} isn't accepted: put a valid one`],
    },
    { fault: "403 to writes", strike: strike(status(403), "writes"), says: [`${credential} may not do this`] },
    { fault: "429", strike: strike(status(429, "", { "retry-after": "0" })), says: [`${name} answered 429`, AGAIN] },
    { fault: "500", strike: strike(status(500)), says: [`${name} answered 500`, AGAIN] },
    { fault: "500 to writes", strike: strike(status(500), "writes"), says: [`${name} answered 500`, AGAIN] },
    { fault: "no answer", strike: strike(hang), says: [`no whole answer from ${name} (timed out)`, AGAIN] },
    { fault: "reset connections", strike: strike(reset), says: [`no whole answer from ${name} (ECONNRESET)`, AGAIN] },
    {
      fault: "truncated answers",
      strike: strike(truncated, "reads"),
      says: ["isn't JSON, or not all of it; run this"],
    },
    { fault: "answers that show the credential", strike: strike(echo(401)), says: ["bad credential [redacted]"] },
  ].map((one) => ({ ...one, fault: `${one.fault} from ${name}` }));
});

/** Every way in which a deploy can fail at the platforms, one at a time. */
export const DEPLOY_FAULTS: readonly DeployFault[] = [
  ...AT_A_PLATFORM,
  {
    fault: "restrictions that are only stored",
    strike: ({ supabase }) => {
      supabase.take = (config, before) => ({
        entitlement: "allowed",
        status: "stored",
        config,
        old_config: before.config,
      });
    },
    says: [
      'written, but not in force: Supabase says status "stored": the list that it shows is not in force',
      "look at the project's network restrictions in the Dashboard",
    ],
  },
  {
    fault: "an entitlement that is disallowed",
    strike: project({ ...UNRESTRICTED, entitlement: "disallowed" }),
    mend: project(UNRESTRICTED),
    says: ['Supabase says entitlement "disallowed"', "check the organization's plan"],
  },
  {
    fault: "another list than was sent",
    strike: ({ supabase }) => {
      supabase.take = (_, before) => before;
    },
    says: ["written, but not in force: IPv4 addresses are admitted that must not be: 0.0.0.0/0"],
  },
  {
    fault: "writes to Render that change nothing",
    strike: ({ render }) => {
      render.take = (_, before) => before;
    },
    says: [
      "written, but not in force: public addresses are admitted that must not be: 0.0.0.0/0",
      "written, but not in force: the onrender.com name is enabled",
    ],
  },
  {
    fault: "a host that stays unverified",
    strike: domains(domain(HOST, "unverified")),
    mend: domains(domain(HOST)),
    says: ["Render says that app.shop.dev is unverified; check the host's DNS record"],
  },
  {
    fault: "a host that is no custom domain of the service",
    strike: domains(),
    mend: domains(domain(HOST)),
    says: ["app.shop.dev is not a custom domain of the service; add it in the service's settings"],
  },
  {
    fault: "a worker of a type with inbound",
    strike: workerType("private_service"),
    mend: workerType("background_worker"),
    says: ["the service is of type private_service, not background_worker; create it anew as background_worker"],
  },
  {
    fault: "dedicated addresses that are others",
    strike: dedicated(["9.9.1.1", "9.9.1.2", "9.9.1.3"]),
    untouched: DATABASE,
    mend: dedicated(ADDRESSES),
    says: ["the set lacks addresses that the environment names", "write the addresses that Render shows into"],
  },
  {
    fault: "dedicated addresses that aren't there yet",
    strike: dedicated([], "CREATING"),
    untouched: DATABASE,
    mend: dedicated(ADDRESSES),
    says: ["the dedicated addresses are CREATING, not RUNNING; wait until Render has provisioned them"],
  },
];
