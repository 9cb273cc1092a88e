/**
 * The constructs, for this app and for other repositories. Each is loaded when it is first used, so that an app needs
 * only the providers of the constructs that it takes.
 */
import type * as dbNetworkRestriction from "./db-network-restriction/db-network-restriction";
import type * as edgeFirewall from "./edge-firewall/edge-firewall";
import { lazyClass } from "./lazy-class";
import type * as scanSchedule from "./scan-schedule/scan-schedule";
import type * as webServiceIngress from "./web-service-ingress/web-service-ingress";
import type * as workerEgressOnly from "./worker-egress-only/worker-egress-only";

export type DbNetworkRestriction = dbNetworkRestriction.DbNetworkRestriction;
export type DbNetworkRestrictionProps = dbNetworkRestriction.DbNetworkRestrictionProps;
export const DbNetworkRestriction = lazyClass(
  "DbNetworkRestriction",
  () =>
    (require("./db-network-restriction/db-network-restriction") as typeof dbNetworkRestriction).DbNetworkRestriction,
);

export type EdgeFirewall = edgeFirewall.EdgeFirewall;
export type EdgeFirewallProps = edgeFirewall.EdgeFirewallProps;
export const EdgeFirewall = lazyClass(
  "EdgeFirewall",
  () => (require("./edge-firewall/edge-firewall") as typeof edgeFirewall).EdgeFirewall,
);

export type ScanSchedule = scanSchedule.ScanSchedule;
export type ScanScheduleProps = scanSchedule.ScanScheduleProps;
export const ScanSchedule = lazyClass(
  "ScanSchedule",
  () => (require("./scan-schedule/scan-schedule") as typeof scanSchedule).ScanSchedule,
);

export type WebServiceIngress = webServiceIngress.WebServiceIngress;
export type WebServiceIngressProps = webServiceIngress.WebServiceIngressProps;
export const WebServiceIngress = lazyClass(
  "WebServiceIngress",
  () => (require("./web-service-ingress/web-service-ingress") as typeof webServiceIngress).WebServiceIngress,
);

export type WorkerEgressOnly = workerEgressOnly.WorkerEgressOnly;
export type WorkerEgressOnlyProps = workerEgressOnly.WorkerEgressOnlyProps;
export const WorkerEgressOnly = lazyClass(
  "WorkerEgressOnly",
  () => (require("./worker-egress-only/worker-egress-only") as typeof workerEgressOnly).WorkerEgressOnly,
);
