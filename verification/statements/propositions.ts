import type { StatementId } from "../../policy/statements";
import { DB_1, PORTS_3 } from "./applied/databases";
import { PORTS_4 } from "./applied/key-values";
import { WEB_1_INGRESS } from "./applied/web-services";
import { WORK_1 } from "./applied/workers";
import { PORTS_1, PORTS_2 } from "./edge/ports";
import { WEB_1_EDGE } from "./edge/secret";
import { HOOK_1 } from "./edge/webhook";
import { WORK_2 } from "./gateway/work-2";
import { PEN_1, PEN_2 } from "./repositories/pentests";
import { SCAN_1, SCAN_2, SCAN_3, SCAN_4 } from "./repositories/scans";
import type { Propositions } from "./vocabulary";

/** The policy, as it is proven: the parts of each statement. A statement holds if all of its parts do. */
export const PROPOSITIONS: Readonly<Record<StatementId, Propositions>> = {
  "PORTS-1": PORTS_1,
  "PORTS-2": PORTS_2,
  "PORTS-3": PORTS_3,
  "PORTS-4": PORTS_4,
  "HOOK-1": HOOK_1,
  "WEB-1": [...WEB_1_EDGE, ...WEB_1_INGRESS],
  "DB-1": DB_1,
  "WORK-1": WORK_1,
  "WORK-2": WORK_2,
  "PEN-1": PEN_1,
  "PEN-2": PEN_2,
  "SCAN-1": SCAN_1,
  "SCAN-2": SCAN_2,
  "SCAN-3": SCAN_3,
  "SCAN-4": SCAN_4,
};
