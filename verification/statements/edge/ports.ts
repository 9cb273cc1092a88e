import { PHASE } from "../../edge/phases";
import { always, never, only, type Propositions, redirects } from "../vocabulary";
import { conclude } from "./conclude";
import { controlsComeFirst, rulesOf, settings } from "./order";
import { leadsElsewhere, weakensHttps } from "./other-rules";
import { bareRecords, hostsOf, proxiedRecord } from "./records";
import { ports1 } from "./requests/ports-1";
import { ports2, redirected } from "./requests/ports-2";
import { holds, HTTPS_SETTINGS, RULES_REDIRECT, unknownSettings } from "./settings";
import { spectrumOpens, spectrumPasses } from "./spectrum";

const RULES_DO_REDIRECT = always("that the platform leaves the redirect to the rules", () => [RULES_REDIRECT], holds);

/** Whatever the rules say, they say it of what meets the edge. */
export const MEETS_THE_EDGE: Propositions = [
  always("that every public host's requests meet the edge", hostsOf, proxiedRecord),
  never("is a public host published past the edge", bareRecords),
  never("does a rule lead a public host's requests to another origin", leadsElsewhere),
  never("does a Spectrum application lead to a host or its origin past the rules", spectrumPasses),
];

export const PORTS_1: Propositions = [
  only("443 and 80 are answered at the edge", (scene) =>
    conclude(ports1(scene.edge.zone, scene.edge.policy), scene, "block every port but 443, and 80 where it redirects"),
  ),
  always("that 443 speaks HTTPS", () => HTTPS_SETTINGS, holds),
  never("is a setting of the zone one that isn't modelled", unknownSettings),
  never("does a rule take back what the settings hold of HTTPS", weakensHttps),
  RULES_DO_REDIRECT,
  ...MEETS_THE_EDGE,
  spectrumOpens(),
  always("that rules and settings come before the host is public", hostsOf, (host, scene) =>
    controlsComeFirst(
      host,
      scene,
      rulesOf(PHASE.CUSTOM),
      settings(...HTTPS_SETTINGS.map(({ id }) => id), RULES_REDIRECT.id),
    ),
  ),
];

export const PORTS_2: Propositions = [
  redirects("80 to the same host, path and query on 443", (scene) =>
    conclude(
      ports2(scene.edge.zone, scene.edge.policy),
      scene,
      'redirect to concat("https://", http.host, http.request.uri.path) with the query kept, and block a host that names a port',
    ),
  ),
  redirects("80 for every declared host", (scene) =>
    conclude(
      redirected(scene.edge.zone, scene.edge.policy),
      scene,
      "let the redirect match every request on 80 whose host names no port",
      "isn't redirected to 443",
    ),
  ),
  RULES_DO_REDIRECT,
  ...MEETS_THE_EDGE,
  always("that the redirect comes before the host is public", hostsOf, (host, scene) =>
    controlsComeFirst(host, scene, rulesOf(PHASE.REDIRECT), rulesOf(PHASE.CUSTOM), settings(RULES_REDIRECT.id)),
  ),
];
