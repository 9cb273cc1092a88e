import { type Answer, notFound, type Routes } from "../server";
import { type AskedRepository, counted, done, found, gone, knowing, ok, pageOf, refused, STAMP } from "./api";

/** The settings, rulesets and secrets of a repository. */
export const SETTINGS: Routes<Answer, AskedRepository> = {
  // https://docs.github.com/en/rest/repos/repos
  "GET vulnerability-alerts": ({ state }) => gone(state.alerts),
  "PUT vulnerability-alerts": ({ state }) => {
    state.alerts = true;
    return done;
  },
  "DELETE vulnerability-alerts": ({ state }) => {
    state.alerts = state.securityUpdates = false;
    return done;
  },
  "GET automated-security-fixes": ({ state: { securityUpdates: enabled } }) => ok({ enabled, paused: false }),
  "PUT automated-security-fixes": ({ state }) => {
    if (!state.alerts) return refused(422, "Vulnerability alerts must be enabled");
    state.securityUpdates = true;
    return done;
  },
  "DELETE automated-security-fixes": ({ state }) => {
    state.securityUpdates = false;
    return done;
  },

  // https://docs.github.com/en/rest/repos/rules
  "POST rulesets": knowing("rulesets", ({ state, body }) => {
    const name = body["name"];
    if ([...state.rulesets.values()].some((ruleset) => ruleset["name"] === name))
      return { status: 422, body: { message: "Validation Failed", errors: ["Name must be unique"] } };
    const id = state.rulesets.size + 1_001;
    const ruleset = { ...body, id, node_id: `RRS_${id}`, source_type: "Repository" };
    state.rulesets.set(String(id), ruleset);
    return { status: 201, body: ruleset };
  }),
  "GET rulesets": ({ state, query }) => ok(pageOf([...state.rulesets.values()], query)),
  "GET rulesets/:id": ({ state, params: { id = "" } }) => found(state.rulesets.get(id)),
  "PUT rulesets/:id": knowing("rulesets", ({ state, params: { id = "" }, body }) => {
    const before = state.rulesets.get(id);
    if (before === undefined) return notFound;
    state.rulesets.set(id, { ...before, ...body });
    return ok(state.rulesets.get(id));
  }),
  "DELETE rulesets/:id": ({ state, params: { id = "" } }) => gone(state.rulesets.delete(id)),

  // https://docs.github.com/en/rest/actions/secrets and https://docs.github.com/en/rest/dependabot/secrets
  "GET actions/organization-secrets": ({ state, query }) => counted(state.sharedSecrets, query),
  ...secretRoutes("actions"),
  ...secretRoutes("dependabot"),
};

function secretRoutes(kind: string): Routes<Answer, AskedRepository> {
  return {
    // Any 32 bytes are a key that a value can be sealed for.
    [`GET ${kind}/secrets/public-key`]: () => ok({ key_id: "1", key: Buffer.alloc(32, 9).toString("base64") }),
    [`GET ${kind}/secrets`]: ({ state, query }) => {
      const names = [...state.secrets.keys()].filter((key) => key.startsWith(`${kind}/`));
      return counted(
        names.map((key) => key.slice(kind.length + 1)),
        query,
      );
    },
    [`GET ${kind}/secrets/:name`]: ({ state, params: { name = "" } }) => {
      const written = state.secrets.get(`${kind}/${name}`);
      return found(written === undefined ? undefined : { name, created_at: written, updated_at: written });
    },
    [`PUT ${kind}/secrets/:name`]: knowing("secrets", ({ state, params: { name = "" } }) => {
      state.secrets.set(`${kind}/${name}`, STAMP);
      return { status: 201, body: {} };
    }),
    [`DELETE ${kind}/secrets/:name`]: ({ state, params: { name = "" } }) =>
      gone(state.secrets.delete(`${kind}/${name}`)),
  };
}
