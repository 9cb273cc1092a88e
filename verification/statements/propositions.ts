import type { StatementId } from "../../policy/statements";
import { PORTS_1, PORTS_2 } from "./edge/ports";
import { WEB_1_EDGE } from "./edge/secret";
import { HOOK_1 } from "./edge/webhook";
import type { Proposition } from "./vocabulary";

/** The policy, as it is proven: the parts of each statement. A statement holds if all of its parts do. */
export const PROPOSITIONS: Readonly<Record<StatementId, readonly Proposition[]>> = {
  "PORTS-1": PORTS_1,
  "PORTS-2": PORTS_2,
  "PORTS-3": [],
  "PORTS-4": [],
  "HOOK-1": HOOK_1,
  "WEB-1": WEB_1_EDGE,
  "DB-1": [],
  "WORK-1": [],
  "WORK-2": [],
  "PEN-1": [],
  "PEN-2": [],
  "SCAN-1": [],
  "SCAN-2": [],
  "SCAN-3": [],
  "SCAN-4": [],
};
