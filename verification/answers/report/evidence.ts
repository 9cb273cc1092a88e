import type { Environment } from "../../../policy/environment";
import type { StatementId } from "../../../policy/statements";

/** A check that a person makes without this project. */
export interface CheckByHand {
  /** A command of a POSIX shell. */
  readonly command: string;
  /** Where it is run. */
  readonly from: string;
  /** The sign that the statement holds. */
  readonly expect: string;
}

const ANYWHERE = "anywhere";
const ELSEWHERE = "an address that is neither the sender's nor the environment's own";
const NO_CONNECTION = "no connection, or an answer that the address isn't allowed";

/** The API of a platform, with a token from the environment of the shell. */
const api = (url: string, token: string): string => `curl -sS -H "Authorization: Bearer $${token}" ${url}`;

const RENDER = "https://api.render.com/v1";
const SUPABASE = "https://api.supabase.com/v1";
const GITHUB = "https://api.github.com";

/**
 * How to check a statement by hand, from the names of an environment. Names are those that policies admit: no shell reads
 * anything into them.
 *
 * @see https://api-docs.render.com/reference/retrieve-service
 * @see https://supabase.com/docs/reference/api/v1-get-network-restrictions
 * @see https://docs.github.com/en/rest
 */
const CHECKS: Readonly<Record<StatementId, (environment: Environment) => readonly CheckByHand[]>> = {
  "PORTS-1": ({ hosts }) =>
    Object.keys(hosts).flatMap((host) => [
      { command: `curl -sSi https://${host}:8443/`, from: ANYWHERE, expect: "403, as on every port but 443 and 80" },
      {
        command: `curl -sSI --tlsv1.2 https://${host}/`,
        from: ANYWHERE,
        expect: "an answer with the header strict-transport-security",
      },
      { command: `curl -sSI --tls-max 1.1 https://${host}/`, from: ANYWHERE, expect: "the handshake fails" },
    ]),
  "PORTS-2": ({ hosts }) =>
    Object.keys(hosts).map((host) => ({
      command: `curl -sSI "http://${host}/a?b=c"`,
      from: ANYWHERE,
      expect: `301, and the header location: https://${host}/a?b=c`,
    })),
  "PORTS-3": (environment) => postgresChecks(environment, ELSEWHERE, NO_CONNECTION),
  "PORTS-4": ({ datastores = [] }) =>
    datastores.flatMap((store) =>
      store.kind === "render-key-value"
        ? {
            command: api(`${RENDER}/key-value/${store.instance}`, "RENDER_API_KEY"),
            from: ANYWHERE,
            expect: '"ipAllowList": []',
          }
        : [],
    ),
  "HOOK-1": ({ hosts, webhooks = [] }) =>
    Object.keys(hosts).flatMap((host) =>
      webhooks.flatMap(({ path }) =>
        [path, path.replace(/(?<=.)\//, "%2F"), path.toUpperCase()].map((spelling) => ({
          command: `curl -sSi --path-as-is -X POST https://${host}${spelling}`,
          from: ELSEWHERE,
          expect: "403",
        })),
      ),
    ),
  "WEB-1": ({ hosts }) =>
    Object.entries(hosts).flatMap(([host, { address }]) => [
      { command: `curl -sSi https://${address}/`, from: ANYWHERE, expect: "404 by Render: the name is off" },
      {
        command: `curl -sSi --connect-to ${host}:443:${address}:443 https://${host}/`,
        from: ANYWHERE,
        expect: "403: the request lacks the edge's secret",
      },
    ]),
  "DB-1": (environment) => [
    ...postgresChecks(environment, "the shell of the backend on Render", "the connection is made"),
    ...(environment.datastores ?? []).flatMap((store) =>
      store.kind === "supabase"
        ? {
            command: api(`${SUPABASE}/projects/${store.project}/network-restrictions`, "SUPABASE_ACCESS_TOKEN"),
            from: ANYWHERE,
            expect: `exactly these addresses: ${(environment.egress?.addresses ?? []).join(", ") || "none"}`,
          }
        : [],
    ),
  ],
  "WORK-1": ({ workers = [] }) =>
    workers.map(({ service, type }) => ({
      command: api(`${RENDER}/services/${service}`, "RENDER_API_KEY"),
      from: ANYWHERE,
      expect: `"type": "${type}", which takes no connections`,
    })),
  "WORK-2": ({ workers = [] }) =>
    workers.flatMap(({ service, reaches }) => {
      const from = `the shell of the worker ${service} on Render, with its proxy set`;
      const [host] = reaches.flatMap(({ hosts }) => hosts);
      return [
        { command: "curl -sSi https://example.com/", from, expect: "the proxy refuses" },
        ...(host === undefined
          ? []
          : [{ command: `curl -sSI https://${host}/`, from, expect: "an answer of the vendor" }]),
      ];
    }),
  "PEN-1": (environment) =>
    repositoryChecks(
      keepingRegister(environment),
      "contents/.github/security/pentest-policy.json",
      "the cadence of one year",
    ),
  "PEN-2": (environment) =>
    repositoryChecks(
      keepingRegister(environment),
      "contents/.github/security/pentest-scope.md",
      "the scope that a firm is told",
    ),
  "SCAN-1": (environment) =>
    repositoryChecks(environment, "actions/workflows/snyk.yml/runs?per_page=5", "a run of the last push"),
  "SCAN-2": (environment) =>
    repositoryChecks(environment, "automated-security-fixes", '"enabled": true, and "paused": false'),
  "SCAN-3": (environment) =>
    repositoryChecks(environment, "actions/workflows/snyk.yml/runs?event=push&per_page=5", "a run for each push"),
  "SCAN-4": (environment) =>
    repositoryChecks(environment, "actions/workflows/snyk.yml/runs?event=schedule&per_page=5", "a run of each week"),
};

/** The checks of a statement in an environment. A name that only the apply knows can't be asked about. */
export function checksByHand(statement: StatementId, environment: Environment): readonly CheckByHand[] {
  return CHECKS[statement](environment).filter(({ command }) => !command.includes("${"));
}

function postgresChecks({ datastores = [] }: Environment, from: string, expect: string): readonly CheckByHand[] {
  return datastores.flatMap((store) =>
    store.kind === "supabase"
      ? [5432, 6543].map((port) => ({
          command: `psql "host=db.${store.project}.supabase.co port=${port} user=postgres connect_timeout=10"`,
          from,
          expect,
        }))
      : [],
  );
}

/** The environment with the repositories that keep a register of penetration tests. */
const keepingRegister = ({ repositories = [], ...others }: Environment): Environment => ({
  ...others,
  repositories: repositories.filter(({ pentest }) => pentest !== undefined),
});

function repositoryChecks({ repositories = [] }: Environment, path: string, expect: string): readonly CheckByHand[] {
  return repositories.map(({ name }) => ({
    command: api(`"${GITHUB}/repos/${name}/${path}"`, "GITHUB_TOKEN"),
    from: ANYWHERE,
    expect,
  }));
}

/** A control of a framework that auditors ask about. */
export interface FrameworkControl {
  readonly framework: string;
  readonly id: string;
  /** The subject of the control, in words of our own. */
  readonly about: string;
  /** A page on which the text of the control is discussed. The frameworks themselves are sold. */
  readonly source: string;
}

/** AICPA, Trust Services Criteria 2017, revised 2022. */
const SOC_2 = "SOC 2";
/** ISO/IEC 27001:2022, Annex A. */
const ISO_27001 = "ISO/IEC 27001:2022";

const control = (framework: string, id: string, about: string, source: string): FrameworkControl => ({
  framework,
  id,
  about,
  source,
});

const CC4_1 = control(
  SOC_2,
  "CC4.1",
  "evaluations that show whether controls work, penetration tests among them",
  "https://hicomply.com/soc-2/soc-2-controls-monitoring-activities-cc4",
);
const CC6_1 = control(
  SOC_2,
  "CC6.1",
  "access to protected information assets is restricted",
  "https://truvocyber.com/blog/soc-2-cc6-1-logical-access-security-1",
);
const CC6_6 = control(
  SOC_2,
  "CC6.6",
  "protection against threats from outside the system's boundaries",
  "https://learn.daydream.ai/requirements/tsc-cc6-6",
);
const CC6_7 = control(
  SOC_2,
  "CC6.7",
  "transmission of information is restricted, and protected on its way",
  "https://www.cybercompliance.app/de/frameworks/soc-2",
);
const CC7_1 = control(
  SOC_2,
  "CC7.1",
  "new vulnerabilities are detected, by scans among others",
  "https://www.cyberday.ai/requirement/soc-2-cc7-1-procedures-for-monitoring-changes-to-configurations",
);
const A_8_8 = control(
  ISO_27001,
  "A.8.8",
  "management of technical vulnerabilities",
  "https://www.isms.online/iso-27001/annex-a-2022/8-8-management-of-technical-vulnerabilities-2022",
);
const A_8_20 = control(
  ISO_27001,
  "A.8.20",
  "networks security",
  "https://hightable.io/iso27001-annex-a-8-20-network-security/",
);
const A_8_22 = control(
  ISO_27001,
  "A.8.22",
  "segregation of networks",
  "https://advisera.com/iso27001/control-8-22-segregation-of-networks/",
);
const A_8_24 = control(
  ISO_27001,
  "A.8.24",
  "use of cryptography",
  "https://www.isms.online/iso-27001/annex-a/8-24-use-of-cryptography-2022",
);
const A_8_29 = control(
  ISO_27001,
  "A.8.29",
  "security testing in development and acceptance",
  "https://hightable.io/iso27001-annex-a-8-29-security-testing-in-development-and-acceptance/",
);

/**
 * The controls that a statement supports: it is evidence for a part of them. No control is met by it alone, and a control
 * whose text isn't about the statement stands nowhere.
 */
export const SUPPORTS: Readonly<Record<StatementId, readonly FrameworkControl[]>> = {
  "PORTS-1": [CC6_6, CC6_7, A_8_20, A_8_24],
  "PORTS-2": [CC6_7, A_8_24],
  "PORTS-3": [CC6_1, CC6_6, A_8_20, A_8_22],
  "PORTS-4": [CC6_1, CC6_6, A_8_20, A_8_22],
  "HOOK-1": [CC6_6, A_8_20],
  "WEB-1": [CC6_6, A_8_20],
  "DB-1": [CC6_1, CC6_6, A_8_22],
  "WORK-1": [CC6_6, A_8_22],
  "WORK-2": [CC6_7, A_8_22],
  "PEN-1": [CC4_1, A_8_8],
  "PEN-2": [CC4_1, A_8_8],
  "SCAN-1": [CC7_1, A_8_8, A_8_29],
  "SCAN-2": [CC7_1, A_8_8],
  "SCAN-3": [CC7_1, A_8_8, A_8_29],
  "SCAN-4": [CC7_1, A_8_8],
};
