import type { Kind } from "../kind";
import { ADDRESS_KINDS } from "./addresses";
import { APPLIER_KINDS } from "./appliers";
import { DATABASE_KINDS } from "./databases";
import { DEPENDABOT_KINDS } from "./dependabot";
import { EXPRESSION_KINDS } from "./expressions";
import { FOREIGN_RULE_KINDS } from "./foreign-rules";
import { GATE_KINDS } from "./gate";
import { GATEWAY_KINDS } from "./gateway";
import { HIDDEN_ID_KINDS } from "./hidden-ids";
import { LIST_KINDS } from "./lists";
import { ORDER_KINDS } from "./order";
import { PENTEST_KINDS } from "./pentest";
import { RECORD_KINDS } from "./records";
import { RULE_KINDS } from "./rules";
import { SECRET_KINDS } from "./secret";
import { SETTING_KINDS } from "./settings";
import { SPECTRUM_KINDS } from "./spectrum";
import { TOKEN_KINDS } from "./tokens";
import { UNMODELLED_KINDS } from "./unmodelled";
import { WORKFLOW_KINDS } from "./workflows";

/** All changes of the synthesized JSON, by the things that they change. */
export const CATALOGUE: Readonly<Record<string, readonly Kind[]>> = {
  rules: RULE_KINDS,
  "rules of others": FOREIGN_RULE_KINDS,
  expressions: EXPRESSION_KINDS,
  addresses: ADDRESS_KINDS,
  lists: LIST_KINDS,
  "the edge's secret": SECRET_KINDS,
  settings: SETTING_KINDS,
  records: RECORD_KINDS,
  Spectrum: SPECTRUM_KINDS,
  "desired states": DATABASE_KINDS,
  appliers: APPLIER_KINDS,
  Gateway: GATEWAY_KINDS,
  workflows: WORKFLOW_KINDS,
  tokens: TOKEN_KINDS,
  Dependabot: DEPENDABOT_KINDS,
  "the required check": GATE_KINDS,
  "the penetration test": PENTEST_KINDS,
  order: ORDER_KINDS,
  "what isn't modelled": UNMODELLED_KINDS,
  "hidden ids": HIDDEN_ID_KINDS,
};
