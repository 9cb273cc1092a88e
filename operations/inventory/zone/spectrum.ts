import { printable } from "../../printable";
import { listSpectrumApps } from "../../platforms/cloudflare";
import { failure, type Finding, orLetItBe, findingsOf } from "../finding";
import type { ZoneSubject } from "./subject";

/**
 * Spectrum applications, which open ports that no rule of the zone sees.
 *
 * @see https://developers.cloudflare.com/spectrum/
 */
export function spectrum({ client, zone }: ZoneSubject): Promise<readonly Finding[]> {
  return findingsOf({
    id: `cloudflare/spectrum/${zone.id}`,
    subject: `the Spectrum applications of ${zone.name}`,
    needs: "Zone > Zone Settings > Read, and a plan with Spectrum",
    reading: listSpectrumApps(client, zone.id),
    judge: ({ id, protocol, dns: { name = "" } }) => [
      failure(`cloudflare/spectrum-application/${printable(id)}`, {
        what: `Spectrum opens ${printable(protocol)} at ${printable(name)}, past every rule`,
        todo: orLetItBe("delete the application"),
      }),
    ],
  });
}
