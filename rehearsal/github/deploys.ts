import { type Answer, notFound, type Routes } from "../server";
import { type AskedRepository, counted, found, ok, pageOf } from "./api";

/** The deploys of a repository, with its environments and variables, and its teams. */
export const DEPLOYS: Routes<Answer, AskedRepository> = {
  // https://docs.github.com/en/rest/deployments/environments and https://docs.github.com/en/rest/actions/variables
  "GET deployments": ({ state, query }) => {
    const own = state.deployments.filter(({ environment }) => environment === query.get("environment"));
    return ok(
      pageOf(
        own.map(({ id, sha }) => ({ id, sha })),
        query,
      ),
    );
  },
  "GET deployments/:id/statuses": ({ state, params: { id } }) =>
    found(state.deployments.find((deployment) => String(deployment.id) === id)?.statuses),
  "GET environments": ({ state, query }) => {
    const environments = [...state.environments].map(([name, { isReviewed, isRestricted }]) => ({
      name,
      protection_rules: isReviewed ? [{ id: 1, type: "required_reviewers", prevent_self_review: true }] : [],
      deployment_branch_policy: isRestricted ? { protected_branches: true, custom_branch_policies: false } : null,
    }));
    return ok({ total_count: environments.length, environments: pageOf(environments, query) });
  },
  "GET environments/:name/secrets": ({ state, params: { name = "" }, query }) => {
    const environment = state.environments.get(name);
    return environment === undefined ? notFound : counted([...environment.secrets], query);
  },
  "GET environments/:name/variables": ({ state, params: { name = "" }, query }) => {
    const environment = state.environments.get(name);
    return environment === undefined ? notFound : counted([...environment.variables], query, "variables");
  },
  "GET actions/variables": ({ state, query }) => {
    const variables = [...state.variables].map(([name, value]) => ({ name, value }));
    return ok({ total_count: variables.length, variables: pageOf(variables, query) });
  },
  // https://docs.github.com/en/rest/repos/repos#list-repository-teams
  "GET teams": ({ state, query }) => {
    const teams = [...state.teams].map(([slug, permission]) => ({ slug, permission }));
    return ok(pageOf(teams, query));
  },
};
