import type { Verb } from "../verb";
import { addresses } from "./addresses";
import { deployment } from "./deployment";
import { diff } from "./diff";
import { doctor } from "./doctor";
import { explain } from "./explain";
import { inventory } from "./inventory";
import { lint } from "./lint";
import { matrix } from "./matrix";
import { pentest } from "./pentest";
import { probe } from "./probe";
import { report } from "./report";
import { statements } from "./statements";
import { verify } from "./verify";

/** Every command, in the order in which help shows them. */
export const VERBS: readonly Verb[] = [
  statements,
  verify,
  explain,
  diff,
  matrix,
  lint,
  report,
  addresses,
  doctor,
  inventory,
  pentest,
  probe,
  deployment,
];
