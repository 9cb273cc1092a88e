/**
 * The constructs, for this app and for other repositories. Each is loaded when it is first used, so that an app needs
 * only the providers of the constructs that it takes.
 */
import type * as edgeFirewall from "./edge-firewall/edge-firewall";

export type EdgeFirewall = edgeFirewall.EdgeFirewall;
export type EdgeFirewallProps = edgeFirewall.EdgeFirewallProps;
export declare const EdgeFirewall: typeof edgeFirewall.EdgeFirewall;

const CONSTRUCTS = {
  EdgeFirewall: () => (require("./edge-firewall/edge-firewall") as typeof edgeFirewall).EdgeFirewall,
};

for (const [name, load] of Object.entries(CONSTRUCTS)) {
  Object.defineProperty(exports, name, { enumerable: true, get: load });
}
