import type { Json } from "./api";

/** What a zone has beside its rules, settings and records. Tests fill it. */
export interface Around {
  /** The zone as the API describes it, as far as it differs from an active one on the Pro plan. */
  facts: Json;
  readonly accessRules: Json[];
  readonly pageRules: Json[];
  readonly workersRoutes: Json[];
  readonly spectrum: Json[];
  bots: Json;
}

export function nothingAround(): Around {
  const bots = { fight_mode: false, enable_js: true, using_latest_model: true };
  return { facts: {}, accessRules: [], pageRules: [], workersRoutes: [], spectrum: [], bots };
}
