import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { environments } from "../../../environments";
import { Datastore } from "../../../policy/datastore";
import { EgressAddresses } from "../../../policy/egress-addresses";
import { Webhook } from "../../../policy/webhook";
import type { App } from "../../../verification/answers/app";
import { edgesOf, targetsOf, explainConnection, explainRequest } from "../../../verification/answers/explain/explain";
import { dataOf } from "../../../verification/answers/report/explorer-data";
import type { TargetKind } from "../../../verification/answers/targets";
import type { RequestOptions } from "../../../verification/answers/explain/question";
import { aGuest, anEnvironment } from "../../support/environments";
import { withResource, withRules } from "../answers/explain/app";
import { outputOf } from "../answers/report/app";
import { UNSEEN } from "../hostile";

const ROOT = join(__dirname, "../../..");
const SCRIPT = execFileSync(process.execPath, ["bundle.mjs"], { cwd: ROOT, encoding: "utf8" });

/** The program as a browser runs it, but without a page: it sees nothing of Node.js. */
const { explorer } = runInContext(`${SCRIPT};globalThis`, createContext({ TextEncoder, TextDecoder, atob, btoa })) as {
  readonly explorer: (json: string, question: RequestOptions) => unknown;
};

const TARGETS: readonly string[] = ["postgres", "redis", "worker"] satisfies TargetKind[];

/** The answer of the command, or the problems that it names. */
function explained(app: App, question: RequestOptions): unknown {
  const { url, from, environment } = question;
  return TARGETS.includes(url)
    ? explainConnection(app, { to: url as TargetKind, from, environment })
    : explainRequest(app, question);
}

/** Answers of another realm are compared by their JSON, and errors by their messages. */
function said(answer: () => unknown): string {
  try {
    return JSON.stringify(answer());
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
}

const SHIPPED: App = outputOf(environments);
/** A zone with other rules, a list, a guest, a Spectrum application, and unknown things. */
const CROWDED: App = outputOf(
  [
    anEnvironment({
      webhooks: [Webhook.meta("/webhooks/meta"), Webhook.from("/hooks/billing", "billing", ["198.51.100.0/25"])],
      egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee0", ["203.0.113.10"]),
      datastores: [Datastore.supabase("exampleprojectexampl"), Datastore.renderKeyValue("red-c0ffee0c0ffee0")],
    }),
    aGuest("lab", "shop"),
  ],
  (folder) => {
    withRules(
      "http_request_firewall_custom",
      { ref: "bots", description: "bots", expression: 'http.user_agent contains "bot"', action: "managed_challenge" },
      {
        ref: "skips",
        expression: 'http.request.uri.path eq "/free"',
        action: "skip",
        action_parameters: { ruleset: "current" },
      },
      { ref: "odd", expression: 'http.request.uri.path eq "/odd" and cf.bot_management.score lt 30', action: "block" },
      { ref: "encoded", expression: 'decode_base64(http.request.uri.query) contains "é"', action: "block" },
    )(folder);
    withResource("cloudflare_spectrum_application", {
      zone_id: "a1b2c3d4e5f60718293a4b5c6d7e8f90",
      protocol: "tcp/5432",
      dns: { type: "CNAME", name: "db.shop.dev" },
      origin_direct: ["tcp://192.0.2.1:6432-6500"],
    })(folder);
  },
);

const SOURCES = [
  undefined,
  "203.0.113.10",
  "31.13.24.5",
  "2a03:2880::5",
  "198.51.100.7",
  "173.245.48.1",
  "2001:db8::9",
];
const PATHS = [
  "/",
  "/webhooks/meta",
  "/webhooks%2Fmeta",
  "/WEBHOOKS/meta/",
  "/hooks/billing",
  "/free",
  "/odd",
  "/a?w6k=",
  "/é",
];
const METHODS = [undefined, "POST"];
const BAD: readonly RequestOptions[] = [
  { url: "app.example.com" },
  { url: "https://nowhere.example/" },
  { url: "https://nowhere.example/", environment: "nobody" },
  { url: "ftp://app.example.com/" },
  { url: "postgres", from: "not an address" },
  { url: "https://app.example.com/", from: "10.0.0.0/8", method: "G T" },
];

function questionsFor(hosts: readonly string[]): readonly RequestOptions[] {
  const origins = hosts.flatMap((host) => [`https://${host}`, `http://${host}`, `https://${host}:8443`]);
  const requests = origins.flatMap((origin) =>
    PATHS.flatMap((path) =>
      SOURCES.map((from, at): RequestOptions => {
        const method = METHODS[at % METHODS.length];
        return {
          url: `${origin}${path}`,
          ...(from === undefined ? {} : { from }),
          ...(method === undefined ? {} : { method }),
          ...(at % 3 === 0 ? { headers: ["User-Agent: a bot", "X-Key: hidden"] } : {}),
        };
      }),
    ),
  );
  const ports = [5432, 6450, 6501, 25].flatMap((port) => hosts.map((host) => ({ url: `https://${host}:${port}/` })));
  const connections = TARGETS.flatMap((url) =>
    SOURCES.map((from) => ({ url, ...(from === undefined ? {} : { from }) })),
  );
  return [...requests, ...ports, ...connections, ...BAD];
}

test("needs nothing that a browser doesn't have", () => {
  expect(SCRIPT).not.toMatch(/\brequire\(|["']node:|\bBuffer\b|\bprocess\./);
  expect(SCRIPT).not.toMatch(/<\/script|<!--/i);
  expect(SCRIPT.replace(/[\t\n]/g, "")).not.toMatch(UNSEEN);
  expect(SCRIPT.length).toBeLessThan(200_000);
});

test.each([
  ["the shipped environments", SHIPPED, ["app.example.com", "app.example.org", "elsewhere.example"]],
  ["a zone with rules of others", CROWDED, ["app.shop.dev", "lab.shop.dev"]],
] as const)("answers about %s as the command explain does", (_what, app, hosts) => {
  const json = dataOf({ edges: edgesOf(app), targets: targetsOf(app) });
  const questions = questionsFor(hosts);
  expect(questions.length).toBeGreaterThan(400);
  const answers = questions.map((question) => said(() => explorer(json, question)));
  expect(answers).toEqual(questions.map((question) => said(() => explained(app, question))));
  expect(new Set(answers).size).toBeGreaterThan(150);
});
