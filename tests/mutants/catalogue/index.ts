import type { Kind } from "../kind";
import { ADDRESS_KINDS } from "./addresses";
import { EXPRESSION_KINDS } from "./expressions";
import { FOREIGN_RULE_KINDS } from "./foreign-rules";
import { RECORD_KINDS } from "./records";
import { RULE_KINDS } from "./rules";
import { SECRET_KINDS } from "./secret";
import { SETTING_KINDS } from "./settings";
import { SPECTRUM_KINDS } from "./spectrum";
import { UNMODELLED_KINDS } from "./unmodelled";

/** Everything that is done to the synthesized JSON, by what it is done to. */
export const CATALOGUE: Readonly<Record<string, readonly Kind[]>> = {
  rules: RULE_KINDS,
  "rules of others": FOREIGN_RULE_KINDS,
  expressions: EXPRESSION_KINDS,
  addresses: ADDRESS_KINDS,
  "the edge's secret": SECRET_KINDS,
  settings: SETTING_KINDS,
  records: RECORD_KINDS,
  Spectrum: SPECTRUM_KINDS,
  "what isn't modelled": UNMODELLED_KINDS,
};
