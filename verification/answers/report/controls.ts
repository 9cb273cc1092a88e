import type { StatementId } from "../../../policy/statements";

/** A control of a framework that auditors ask about. */
export interface FrameworkControl {
  readonly framework: string;
  readonly id: string;
  /** The subject of the control, in words of our own. */
  readonly about: string;
  /** A page on which the text of the control is discussed. The frameworks themselves are sold. */
  readonly source: string;
}

/** AICPA, Trust Services Criteria 2017, revised 2022. */
const SOC_2 = "SOC 2";
/** ISO/IEC 27001:2022, Annex A. */
const ISO_27001 = "ISO/IEC 27001:2022";

const control = (framework: string, id: string, about: string, source: string): FrameworkControl => ({
  framework,
  id,
  about,
  source,
});

const CC4_1 = control(
  SOC_2,
  "CC4.1",
  "evaluations that show whether controls work, penetration tests among them",
  "https://hicomply.com/soc-2/soc-2-controls-monitoring-activities-cc4",
);
const CC6_1 = control(
  SOC_2,
  "CC6.1",
  "access to protected information assets is restricted",
  "https://truvocyber.com/blog/soc-2-cc6-1-logical-access-security-1",
);
const CC6_6 = control(
  SOC_2,
  "CC6.6",
  "protection against threats from outside the system's boundaries",
  "https://learn.daydream.ai/requirements/tsc-cc6-6",
);
const CC6_7 = control(
  SOC_2,
  "CC6.7",
  "transmission of information is restricted, and protected on its way",
  "https://www.cybercompliance.app/de/frameworks/soc-2",
);
const CC7_1 = control(
  SOC_2,
  "CC7.1",
  "new vulnerabilities are detected, by scans among others",
  "https://www.cyberday.ai/requirement/soc-2-cc7-1-procedures-for-monitoring-changes-to-configurations",
);
const A_8_8 = control(
  ISO_27001,
  "A.8.8",
  "management of technical vulnerabilities",
  "https://www.isms.online/iso-27001/annex-a-2022/8-8-management-of-technical-vulnerabilities-2022",
);
const A_8_20 = control(
  ISO_27001,
  "A.8.20",
  "networks security",
  "https://hightable.io/iso27001-annex-a-8-20-network-security/",
);
const A_8_22 = control(
  ISO_27001,
  "A.8.22",
  "segregation of networks",
  "https://advisera.com/iso27001/control-8-22-segregation-of-networks/",
);
const A_8_24 = control(
  ISO_27001,
  "A.8.24",
  "use of cryptography",
  "https://www.isms.online/iso-27001/annex-a/8-24-use-of-cryptography-2022",
);
const A_8_29 = control(
  ISO_27001,
  "A.8.29",
  "security testing in development and acceptance",
  "https://hightable.io/iso27001-annex-a-8-29-security-testing-in-development-and-acceptance/",
);

/**
 * The controls that a statement supports: it is evidence for a part of them. No control is met by it alone, and a control
 * whose text isn't about the statement stands nowhere.
 */
export const SUPPORTS: Readonly<Record<StatementId, readonly FrameworkControl[]>> = {
  "PORTS-1": [CC6_6, CC6_7, A_8_20, A_8_24],
  "PORTS-2": [CC6_7, A_8_24],
  "PORTS-3": [CC6_1, CC6_6, A_8_20, A_8_22],
  "PORTS-4": [CC6_1, CC6_6, A_8_20, A_8_22],
  "HOOK-1": [CC6_6, A_8_20],
  "WEB-1": [CC6_6, A_8_20],
  "DB-1": [CC6_1, CC6_6, A_8_22],
  "WORK-1": [CC6_6, A_8_22],
  "WORK-2": [CC6_7, A_8_22],
  "PEN-1": [CC4_1, A_8_8],
  "PEN-2": [CC4_1, A_8_8],
  "SCAN-1": [CC7_1, A_8_8, A_8_29],
  "SCAN-2": [CC7_1, A_8_8],
  "SCAN-3": [CC7_1, A_8_8, A_8_29],
  "SCAN-4": [CC7_1, A_8_8],
};
