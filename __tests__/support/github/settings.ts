import { type Answer, notFound } from "../platform/route";
import { route } from "./repository-route";

const STAMP = "2026-01-15T10:00:00Z";
const done: Answer = { status: 204, body: undefined };

/** Dependabot's switches: https://docs.github.com/en/rest/repos/repos */
const DEPENDABOT_ROUTES = [
  route("GET", "vulnerability-alerts", ({ state }) => (state.alerts ? done : notFound)),
  route("PUT", "vulnerability-alerts", ({ state }) => {
    state.alerts = true;
    return done;
  }),
  route("DELETE", "vulnerability-alerts", ({ state }) => {
    state.alerts = state.securityUpdates = false;
    return done;
  }),
  route("GET", "automated-security-fixes", ({ state: { securityUpdates: enabled } }) => ({
    status: 200,
    body: { enabled, paused: false },
  })),
  route("PUT", "automated-security-fixes", ({ state }) => {
    if (!state.alerts) return { status: 422, body: { message: "Vulnerability alerts must be enabled" } };
    state.securityUpdates = true;
    return done;
  }),
  route("DELETE", "automated-security-fixes", ({ state }) => {
    state.securityUpdates = false;
    return done;
  }),
];

/** Labels: https://docs.github.com/en/rest/issues/labels */
const LABEL_ROUTES = [
  route("POST", "labels", ({ state, body }) => {
    const name = String(body["name"]);
    if (state.labels.has(name))
      return { status: 422, body: { message: "Validation Failed", errors: [{ code: "already_exists" }] } };
    state.labels.set(name, body);
    return { status: 201, body };
  }),
  route("GET", "labels", ({ state, query }) => ({ status: 200, body: pageOf([...state.labels.values()], query) })),
  route("GET", "labels/([^/]+)", ({ state, params: [name = ""] }) => {
    const label = state.labels.get(name);
    return label === undefined ? notFound : { status: 200, body: label };
  }),
  route("DELETE", "labels/([^/]+)", ({ state, params: [name = ""] }) => (state.labels.delete(name) ? done : notFound)),
];

/** Rulesets: https://docs.github.com/en/rest/repos/rules */
const RULESET_ROUTES = [
  route("POST", "rulesets", ({ state, body }) => {
    const id = state.rulesets.size + 1_001;
    const ruleset = { ...body, id, node_id: `RRS_${String(id)}`, source_type: "Repository" };
    state.rulesets.set(String(id), ruleset);
    return { status: 201, body: ruleset };
  }),
  route("GET", "rulesets", ({ state, query }) => ({ status: 200, body: pageOf([...state.rulesets.values()], query) })),
  route("GET", "rulesets/(\\d+)", ({ state, params: [id = ""] }) => {
    const ruleset = state.rulesets.get(id);
    return ruleset === undefined ? notFound : { status: 200, body: ruleset };
  }),
  route("PUT", "rulesets/(\\d+)", ({ state, params: [id = ""], body }) => {
    const ruleset = { ...state.rulesets.get(id), ...body };
    state.rulesets.set(id, ruleset);
    return { status: 200, body: ruleset };
  }),
  route("DELETE", "rulesets/(\\d+)", ({ state, params: [id = ""] }) => (state.rulesets.delete(id) ? done : notFound)),
];

/** Any 32 bytes are a key that a value can be sealed for. */
const PUBLIC_KEY = { status: 200, body: { key_id: "1", key: Buffer.alloc(32, 9).toString("base64") } };
const SECRET = "(actions|dependabot)/secrets/([^/]+)";

/** Secrets: https://docs.github.com/en/rest/actions/secrets and https://docs.github.com/en/rest/dependabot/secrets */
const SECRET_ROUTES = [
  route("GET", "(?:actions|dependabot)/secrets/public-key", () => PUBLIC_KEY),
  route("GET", "(actions|dependabot)/secrets", ({ state, params: [kind = ""], query }) => {
    const names = [...state.secrets.keys()].filter((key) => key.startsWith(`${kind}/`));
    return counted(
      names.map((key) => key.slice(kind.length + 1)),
      query,
    );
  }),
  route("GET", "actions/organization-secrets", ({ state, query }) => counted(state.sharedSecrets, query)),
  route("GET", SECRET, ({ state, params: [kind = "", name = ""] }) => {
    const written = state.secrets.get(`${kind}/${name}`);
    return written === undefined ? notFound : { status: 200, body: { name, created_at: written, updated_at: written } };
  }),
  route("PUT", SECRET, ({ state, params: [kind = "", name = ""] }) => {
    state.secrets.set(`${kind}/${name}`, STAMP);
    return { status: 201, body: {} };
  }),
  route("DELETE", SECRET, ({ state, params: [kind = "", name = ""] }) =>
    state.secrets.delete(`${kind}/${name}`) ? done : notFound,
  ),
];

/** https://docs.github.com/en/rest/deployments/environments, https://docs.github.com/en/rest/actions/variables */
const DEPLOY_ROUTES = [
  route("GET", "environments", ({ state, query }) => {
    const environments = [...state.environments].map(([name, { isReviewed, isRestricted }]) => ({
      name,
      protection_rules: isReviewed ? [{ id: 1, type: "required_reviewers", prevent_self_review: true }] : [],
      deployment_branch_policy: isRestricted ? { protected_branches: true, custom_branch_policies: false } : null,
    }));
    return { status: 200, body: { total_count: environments.length, environments: pageOf(environments, query) } };
  }),
  route("GET", "environments/([^/]+)/(secrets|variables)", ({ state, params: [name = "", kind], query }) => {
    const environment = state.environments.get(name);
    if (environment === undefined) return notFound;
    return kind === "secrets"
      ? counted([...environment.secrets], query)
      : counted([...environment.variables], query, "variables");
  }),
  route("GET", "actions/variables", ({ state, query }) => {
    const variables = [...state.variables].map(([name, value]) => ({ name, value }));
    return { status: 200, body: { total_count: variables.length, variables: pageOf(variables, query) } };
  }),
  route("GET", "teams", ({ state, query }) => ({
    status: 200,
    body: pageOf(
      [...state.teams].map(([slug, permission]) => ({ slug, permission })),
      query,
    ),
  })),
];

function counted(names: readonly string[], query: URLSearchParams, key = "secrets"): Answer {
  const entries = pageOf(names, query).map((name) => ({ name, created_at: STAMP, updated_at: STAMP }));
  return { status: 200, body: { total_count: names.length, [key]: entries } };
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function pageOf<T>(all: readonly T[], query: URLSearchParams): readonly T[] {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 30)];
  return all.slice((page - 1) * size, page * size);
}

export const SETTING_ROUTES = [
  ...DEPENDABOT_ROUTES,
  ...LABEL_ROUTES,
  ...RULESET_ROUTES,
  ...SECRET_ROUTES,
  ...DEPLOY_ROUTES,
];
