/** The strength of a statement, said in these three words everywhere. */
export enum Strength {
  /** A platform resource in the synthesized JSON does it. */
  ENFORCED = "enforced",
  /** Checked through the platform's API before an apply succeeds, or true under one named assumption. */
  ASSERTED = "asserted",
  /** Written down only. */
  DECLARED = "declared",
}

/** One sentence of the security plan that this project answers for. */
export interface Statement {
  /** The sentence that must hold, in English. */
  readonly sentence: string;
  /** The plan's own words (section 7.3, "Infraestructura"), so that an auditor can trace the statement. */
  readonly plan: string;
  /** The strength that the statement must have, unless an environment lowers it by name and with a reason. */
  readonly required: Strength;
  /**
   * The facts outside this project that the statement rests on wherever it holds: the words that follow "as long as".
   * Each result has them, with those of its own.
   *
   * @default - none
   */
  readonly assumptions?: readonly string[];
  /**
   * The limits of the statement, for a reader who would take it for more. Each result has them.
   *
   * @default - none
   */
  readonly notes?: readonly string[];
}

const PORTS =
  "Puertos: Solo puertos 443 (HTTPS) y 80 (redirección a 443) abiertos al público. Puertos internos como 5432 (Postgres) y 6379 (Redis) cerrados al tráfico externo.";
const WORKERS =
  "Internal Workers: Sin acceso entrante desde el exterior; solo salida para llamadas a APIs de IA y Pagos.";
const SCANNERS =
  "Herramientas: Snyk para escaneo de vulnerabilidades en dependencias de Python/Node.js; GitHub Dependabot para parches de seguridad críticos.";
const SCAN_FREQUENCY = "Frecuencia: Escaneo continuo en cada Push a la rama main y semanalmente de forma programada.";
/** An edge may hold more than Terraform writes. */
const EDGE_ALONE =
  "nothing outside the JSON answers before its rules, such as a Worker, a Page Rule or a ruleset of the account";

/** @see https://supabase.com/docs/guides/platform/network-restrictions */
const HTTPS_APIS = "Supabase's HTTPS APIs are not covered by its network restrictions";

/** The policy: every statement by its id, in the plan's order. */
export const STATEMENTS = {
  "PORTS-1": {
    sentence: "Only 443 and 80 are open to the public.",
    plan: PORTS,
    required: Strength.ENFORCED,
    assumptions: [EDGE_ALONE],
    notes: [
      "other ports of Cloudflare still accept connections, for other customers: the rules block the requests on them",
    ],
  },
  "PORTS-2": {
    sentence: "80 only redirects to 443.",
    plan: PORTS,
    required: Strength.ENFORCED,
    assumptions: [EDGE_ALONE],
  },
  "PORTS-3": {
    sentence: "5432 (Postgres, and its pooler 6543) is closed to external traffic.",
    plan: PORTS,
    required: Strength.ASSERTED,
    notes: [HTTPS_APIS],
  },
  "PORTS-4": {
    sentence: "6379 (Redis) is closed to external traffic.",
    plan: PORTS,
    required: Strength.ASSERTED,
    notes: ["services of the same Render workspace and region reach it through the private network"],
  },
  "HOOK-1": {
    sentence: "The webhook endpoint accepts only Meta's official IP ranges.",
    plan: "IP Whitelisting: Restricción de acceso al endpoint de Webhook para aceptar tráfico únicamente desde los rangos de IP oficiales de Meta (Facebook).",
    required: Strength.ENFORCED,
    assumptions: ["nothing reaches the origin past the edge, which is WEB-1", EDGE_ALONE],
  },
  "WEB-1": {
    sentence: "The web service (FastAPI) accepts inbound traffic only from Cloudflare / the Render load balancer.",
    plan: "Web Service (FastAPI): Permite tráfico entrante desde Cloudflare/Render Load Balancer.",
    required: Strength.ASSERTED,
    assumptions: [
      "the application refuses requests without the edge secret",
      "only the deploy and the application know the edge secret",
      EDGE_ALONE,
    ],
  },
  "DB-1": {
    sentence: "The database (Supabase) accepts inbound traffic only from the backend's static IPs on Render.",
    plan: "Database (Supabase): Permite tráfico entrante únicamente desde las IPs estáticas de la instancia de backend en Render.",
    required: Strength.ASSERTED,
    notes: [HTTPS_APIS],
  },
  "WORK-1": {
    sentence: "Internal workers have no inbound access from outside.",
    plan: WORKERS,
    required: Strength.ASSERTED,
  },
  "WORK-2": {
    sentence: "Internal workers reach out only to AI and payment APIs.",
    plan: WORKERS,
    required: Strength.ASSERTED,
    assumptions: [
      "each worker connects through Gateway's proxy: Render has no egress firewall that would make it",
      "each worker names in TLS the server that it connects to: Gateway compares that name, and the client chooses it",
    ],
  },
  "PEN-1": {
    sentence: "A penetration test once a year by an external certified company.",
    plan: "Frecuencia: Una vez al año por una empresa externa certificada.",
    required: Strength.ENFORCED,
    assumptions: ["GitHub runs the schedule", "a firm that has an accreditation is external, and certified by it"],
  },
  "PEN-2": {
    sentence: "Its scope: black box, public API and Dashboard, IDOR and privilege escalation.",
    plan: 'Alcance: Pruebas de "Caja Negra" en la API pública y el Dashboard para identificar fallos en la lógica de permisos (IDOR) y escalamiento de privilegios.',
    required: Strength.ENFORCED,
    assumptions: [
      "GitHub runs the schedule",
      "a firm tests the scope that it is told, and people record in the register what it tested",
    ],
  },
  "SCAN-1": {
    sentence: "Snyk scans the Python and Node.js dependencies.",
    plan: SCANNERS,
    required: Strength.ENFORCED,
    assumptions: [
      "no pull request reports snyk-gate itself, as one can without a team in reviewedBy or a workflow that the organization requires",
    ],
  },
  "SCAN-2": {
    sentence: "GitHub Dependabot ships critical security patches.",
    plan: SCANNERS,
    required: Strength.ENFORCED,
    assumptions: ["GitHub runs the schedule"],
  },
  "SCAN-3": {
    sentence: "A scan on every push to main.",
    plan: SCAN_FREQUENCY,
    required: Strength.ENFORCED,
    assumptions: [
      "GitHub runs the schedule",
      "no push says [skip ci] in its message or is made by a workflow's own token: such a push waits for the weekly scan",
    ],
  },
  "SCAN-4": {
    sentence: "A scheduled scan every week.",
    plan: SCAN_FREQUENCY,
    required: Strength.ENFORCED,
    assumptions: ["GitHub runs the schedule"],
  },
} as const satisfies Record<string, Statement>;

/** The id of a statement, the same in docs, rule descriptions, proofs and test names. */
export type StatementId = keyof typeof STATEMENTS;

/** Every statement id, in the plan's order. */
export const STATEMENT_IDS = Object.keys(STATEMENTS) as readonly StatementId[];
