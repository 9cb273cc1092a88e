import { nothingDisturbs } from "../github/neighbours";
import { firmIsTold, registerIsChecked, registerIsPeoples, testsAreYearly, testsHaveScope } from "../github/pentest";
import { NOT_APPLICABLE, proven, type Result } from "../result";
import { Strength } from "../../policy/statements";
import { assertion, type Assertions } from "./assertion";
import { ownedUnderOneName, OWNED, ofRegisters, registersOf, subjectsOf } from "./repositories";
import type { Scene } from "./scene";

/** Both statements rest on the register of penetration tests. */
const REGISTER: Assertions = [
  ofRegisters(OWNED, ownedUnderOneName),
  assertion("A repository keeps the register of penetration tests.", keepsRegister),
  ofRegisters("A known workflow with known programs checks the register every week.", registerIsChecked),
  ofRegisters("No other workflow that the stacks write switches the check off.", nothingDisturbs),
  ofRegisters("No apply writes the register.", registerIsPeoples),
];

/** PEN-1: a penetration test once a year by an external certified company. */
export const PEN_1: Assertions = [
  ...REGISTER,
  ofRegisters("A test counts for a year, if its firm has an accreditation that the policy names.", testsAreYearly),
];

/** PEN-2: its scope: black box, public API and Dashboard, IDOR and privilege escalation. */
export const PEN_2: Assertions = [
  ...REGISTER,
  ofRegisters("Only a black-box test of the public API and the Dashboard counts, for both objectives.", testsHaveScope),
  ofRegisters("The firm is told this scope.", firmIsTold),
];

/** Where an environment has repositories, one of them keeps the register; where the policy names none, the test is only declared. */
function keepsRegister(scene: Scene): Result {
  if (subjectsOf(scene).length === 0 || registersOf(scene).length > 0) return NOT_APPLICABLE;
  const note = `no repository of ${scene.policy.name} keeps a register of penetration tests`;
  return proven(Strength.DECLARED, [], { notes: [note] });
}
