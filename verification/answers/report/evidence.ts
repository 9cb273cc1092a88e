import type { Environment } from "../../../policy/environment";
import type { Repository } from "../../../policy/repository";
import type { StatementId } from "../../../policy/statements";

/** A check that a person makes without this project. */
export interface CheckByHand {
  /** A command of a POSIX shell. */
  readonly command: string;
  readonly from: string;
  /** The sign that the statement holds. */
  readonly expect: string;
}

const ELSEWHERE = "an address that is neither the sender's nor the environment's own";

const check = (command: string, expect: string, from = "anywhere"): CheckByHand => ({ command, from, expect });

/** A check by the API of a platform, with a token from the environment of the shell. */
const asking = (url: string, token: string, expect: string): CheckByHand =>
  check(`curl -sS -H "Authorization: Bearer $${token}" ${url}`, expect);

const askingRender = (path: string, expect: string) =>
  asking(`https://api.render.com/v1/${path}`, "RENDER_API_KEY", expect);

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
      check(`curl -sSi https://${host}:8443/`, "403, as on every port but 443 and 80"),
      check(`curl -sSI --tlsv1.2 https://${host}/`, "an answer with the header strict-transport-security"),
      check(`curl -sSI --tls-max 1.1 https://${host}/`, "the handshake fails"),
    ]),
  "PORTS-2": ({ hosts }) =>
    Object.keys(hosts).map((host) =>
      check(`curl -sSI "http://${host}/a?b=c"`, `301, and the header location: https://${host}/a?b=c`),
    ),
  "PORTS-3": (environment) =>
    postgresChecks(environment, "no connection, or an answer that the address isn't allowed", ELSEWHERE),
  "PORTS-4": ({ datastores = [] }) =>
    datastores.flatMap((store) =>
      store.kind === "render-key-value" ? askingRender(`key-value/${store.instance}`, '"ipAllowList": []') : [],
    ),
  "HOOK-1": ({ hosts, webhooks = [] }) =>
    Object.keys(hosts).flatMap((host) =>
      webhooks.flatMap(({ path }) =>
        [path, path.replace(/(?<=.)\//, "%2F"), path.toUpperCase()].map((spelling) =>
          check(`curl -sSi --path-as-is -X POST https://${host}${spelling}`, "403", ELSEWHERE),
        ),
      ),
    ),
  "WEB-1": ({ hosts }) =>
    Object.entries(hosts).flatMap(([host, { address }]) => [
      check(`curl -sSi https://${address}/`, "404 by Render: the name is off"),
      check(
        `curl -sSi --connect-to ${host}:443:${address}:443 https://${host}/`,
        "403: the request lacks the edge's secret",
      ),
    ]),
  "DB-1": (environment) => [
    ...postgresChecks(environment, "the connection is made", "the shell of the backend on Render"),
    ...projectsOf(environment).map((project) =>
      asking(
        `https://api.supabase.com/v1/projects/${project}/network-restrictions`,
        "SUPABASE_ACCESS_TOKEN",
        `exactly these addresses: ${(environment.egress?.addresses ?? []).join(", ") || "none"}`,
      ),
    ),
  ],
  "WORK-1": ({ workers = [] }) =>
    workers.map(({ service, type }) =>
      askingRender(`services/${service}`, `"type": "${type}", which takes no connections`),
    ),
  "WORK-2": ({ workers = [] }) =>
    workers.flatMap(({ service, reaches }) => {
      const from = `the shell of the worker ${service} on Render, with its proxy set`;
      const hosts = reaches.flatMap((each) => each.hosts).slice(0, 1);
      return [
        check("curl -sSi https://example.com/", "the proxy refuses", from),
        ...hosts.map((host) => check(`curl -sSI https://${host}/`, "an answer of the vendor", from)),
      ];
    }),
  "PEN-1": registerCheck("pentest-policy.json", "the cadence of one year"),
  "PEN-2": registerCheck("pentest-scope.md", "the scope that a firm is told"),
  "SCAN-1": repositoryCheck("actions/workflows/snyk.yml/runs?per_page=5", "a run of the last push"),
  "SCAN-2": repositoryCheck("automated-security-fixes", '"enabled": true, and "paused": false'),
  "SCAN-3": repositoryCheck("actions/workflows/snyk.yml/runs?event=push&per_page=5", "a run for each push"),
  "SCAN-4": repositoryCheck("actions/workflows/snyk.yml/runs?event=schedule&per_page=5", "a run of each week"),
};

/** The checks of a statement in an environment. A name that only the apply knows can't be asked about. */
export function checksByHand(statement: StatementId, environment: Environment): readonly CheckByHand[] {
  return CHECKS[statement](environment).filter(({ command }) => !command.includes("${"));
}

const projectsOf = ({ datastores = [] }: Environment): readonly string[] =>
  datastores.flatMap((store) => (store.kind === "supabase" ? store.project : []));

function postgresChecks(environment: Environment, expect: string, from: string): readonly CheckByHand[] {
  return projectsOf(environment).flatMap((project) =>
    [5432, 6543].map((port) =>
      check(`psql "host=db.${project}.supabase.co port=${port} user=postgres connect_timeout=10"`, expect, from),
    ),
  );
}

/** @param isAsked whether a repository is one that the statement is about */
function repositoryCheck(path: string, expect: string, isAsked: (repository: Repository) => boolean = () => true) {
  return ({ repositories = [] }: Environment): readonly CheckByHand[] =>
    repositories
      .filter(isAsked)
      .map(({ name }) => asking(`"https://api.github.com/repos/${name}/${path}"`, "GITHUB_TOKEN", expect));
}

/** A check in the repositories that keep a register of penetration tests. */
function registerCheck(file: string, expect: string) {
  return repositoryCheck(`contents/.github/security/${file}`, expect, ({ pentest }) => pentest !== undefined);
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

/** AICPA, Trust Services Criteria 2017, revised 2022: CC. ISO/IEC 27001:2022, Annex A: A. */
const CONTROLS = {
  "CC4.1": [
    "evaluations that show whether controls work, penetration tests among them",
    "https://hicomply.com/soc-2/soc-2-controls-monitoring-activities-cc4",
  ],
  "CC6.1": [
    "access to protected information assets is restricted",
    "https://truvocyber.com/blog/soc-2-cc6-1-logical-access-security-1",
  ],
  "CC6.6": [
    "protection against threats from outside the system's boundaries",
    "https://learn.daydream.ai/requirements/tsc-cc6-6",
  ],
  "CC6.7": [
    "transmission of information is restricted, and protected on its way",
    "https://www.cybercompliance.app/de/frameworks/soc-2",
  ],
  "CC7.1": [
    "new vulnerabilities are detected, by scans among others",
    "https://www.cyberday.ai/requirement/soc-2-cc7-1-procedures-for-monitoring-changes-to-configurations",
  ],
  "A.8.8": [
    "management of technical vulnerabilities",
    "https://www.isms.online/iso-27001/annex-a-2022/8-8-management-of-technical-vulnerabilities-2022",
  ],
  "A.8.20": ["networks security", "https://hightable.io/iso27001-annex-a-8-20-network-security/"],
  "A.8.22": ["segregation of networks", "https://advisera.com/iso27001/control-8-22-segregation-of-networks/"],
  "A.8.24": ["use of cryptography", "https://www.isms.online/iso-27001/annex-a/8-24-use-of-cryptography-2022"],
  "A.8.29": [
    "security testing in development and acceptance",
    "https://hightable.io/iso27001-annex-a-8-29-security-testing-in-development-and-acceptance/",
  ],
} as const satisfies Readonly<Record<string, readonly [about: string, source: string]>>;

/**
 * The controls that a statement supports: it is evidence for a part of them. No control is met by it alone, and a control
 * whose text isn't about the statement stands nowhere.
 */
const SUPPORTS: Readonly<Record<StatementId, readonly (keyof typeof CONTROLS)[]>> = {
  "PORTS-1": ["CC6.6", "CC6.7", "A.8.20", "A.8.24"],
  "PORTS-2": ["CC6.7", "A.8.24"],
  "PORTS-3": ["CC6.1", "CC6.6", "A.8.20", "A.8.22"],
  "PORTS-4": ["CC6.1", "CC6.6", "A.8.20", "A.8.22"],
  "HOOK-1": ["CC6.6", "A.8.20"],
  "WEB-1": ["CC6.6", "A.8.20"],
  "DB-1": ["CC6.1", "CC6.6", "A.8.22"],
  "WORK-1": ["CC6.6", "A.8.22"],
  "WORK-2": ["CC6.7", "A.8.22"],
  "PEN-1": ["CC4.1", "A.8.8"],
  "PEN-2": ["CC4.1", "A.8.8"],
  "SCAN-1": ["CC7.1", "A.8.8", "A.8.29"],
  "SCAN-2": ["CC7.1", "A.8.8"],
  "SCAN-3": ["CC7.1", "A.8.8", "A.8.29"],
  "SCAN-4": ["CC7.1", "A.8.8"],
};

/** The controls that a statement supports. */
export function controlsOf(statement: StatementId): readonly FrameworkControl[] {
  return SUPPORTS[statement].map((id) => {
    const [about, source] = CONTROLS[id];
    return { framework: id.startsWith("CC") ? "SOC 2" : "ISO/IEC 27001:2022", id, about, source };
  });
}
