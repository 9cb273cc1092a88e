import { printable } from "../../printable";
import { listWorkersRoutes } from "../../platforms/cloudflare";
import { failure, type Finding, notice, orLetItBe, findingsOf } from "../finding";
import type { ZoneSubject } from "./subject";

/**
 * Workers routes: code that answers in place of the origin, or calls it in another way.
 *
 * @see https://developers.cloudflare.com/workers/configuration/routing/routes/
 */
export function workersRoutes({ client, zone }: ZoneSubject): Promise<readonly Finding[]> {
  return findingsOf({
    id: `cloudflare/workers-routes/${zone.id}`,
    subject: `the Workers routes of ${zone.name}`,
    needs: "Zone > Workers Routes > Read",
    reading: listWorkersRoutes(client, zone.id),
    judge: ({ id, pattern, script }) => {
      const finding = `cloudflare/workers-route/${printable(id)}`;
      const route = `the Workers route ${printable(pattern)}`;
      if ((script ?? "") === "") {
        return [notice(finding, { what: `${route} runs nothing`, todo: orLetItBe("delete it") })];
      }
      const what = `${route} runs the Worker ${printable(script ?? "")}, which may answer or call the origin by itself`;
      return [failure(finding, { what, todo: orLetItBe("delete the route") })];
    },
  });
}
