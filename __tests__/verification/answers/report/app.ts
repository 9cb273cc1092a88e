import { environments } from "../../../../environments";
import type { Environment } from "../../../../policy/environment";
import { type AuditReport, auditReportOf, type Origin } from "../../../../verification/answers/report/audit-report";
import { type Change, proofScenes } from "../../../support/proof-scenes";
import type { Output } from "../../../../verification/terraform/output";

export const ORIGIN: Origin = {
  commit: { id: "0123456789abcdef0123456789abcdef01234567", date: "2026-11-29T09:00:00Z", isChanged: false },
  toolVersion: "1.2.3",
  proof: "ab".repeat(32),
};

/** The output of a synth of environments, after a change. */
export function outputOf(given: readonly Environment[], change?: Change): Output {
  const [scene] = proofScenes(given, change);
  if (scene === undefined) throw new Error("there is no environment");
  return { model: scene.model, policies: scene.policies, changed: [] };
}

let shipped: AuditReport | undefined;

/** The report on the shipped environments, made once. */
export const shippedReport = (): AuditReport => (shipped ??= auditReportOf(outputOf(environments), ORIGIN));
