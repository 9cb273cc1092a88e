import type { StatementId } from "../../policy/statements";
import type { Assertions } from "./assertion";
import { DB_1 } from "./db-1";
import { HOOK_1 } from "./hook-1";
import { PEN_1, PEN_2 } from "./pen-1-2";
import { PORTS_1 } from "./ports-1";
import { PORTS_2 } from "./ports-2";
import { PORTS_3 } from "./ports-3";
import { PORTS_4 } from "./ports-4";
import { SCAN_1, SCAN_2, SCAN_3, SCAN_4 } from "./scan-1-4";
import { WEB_1 } from "./web-1";
import { WORK_1 } from "./work-1";
import { WORK_2 } from "./work-2";

/** The policy, as it is proven: the assertions of each statement. */
export const ASSERTIONS: Readonly<Record<StatementId, Assertions>> = {
  "PORTS-1": PORTS_1,
  "PORTS-2": PORTS_2,
  "PORTS-3": PORTS_3,
  "PORTS-4": PORTS_4,
  "HOOK-1": HOOK_1,
  "WEB-1": WEB_1,
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
