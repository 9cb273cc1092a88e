import type { Finding } from "../finding";
import { accessRules } from "./access-rules";
import { bulkRedirects } from "./bulk-redirects";
import { dnsRecords } from "./dns-records";
import { otherPhases } from "./other-phases";
import { pageRules } from "./page-rules";
import { spectrum } from "./spectrum";
import type { ZoneSubject } from "./subject";
import { workersRoutes } from "./workers-routes";

const PARTS = [accessRules, pageRules, bulkRedirects, workersRoutes, spectrum, dnsRecords, otherPhases];

/** What beats the rules of a zone from outside the JSON. */
export async function zoneInventory(subject: ZoneSubject): Promise<readonly Finding[]> {
  return (await Promise.all(PARTS.map((part) => part(subject)))).flat();
}
