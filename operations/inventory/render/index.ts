import type { Environment } from "../../../policy/environment";
import type { Client } from "../../platforms/client";
import { readService } from "../../platforms/render";
import { cannotTell, type Finding } from "../finding";
import { type Named, servicesOf } from "../named";
import { datastores } from "./datastores";
import { services } from "./services";

/** What is in the Render workspaces of an environment: those of its services. */
export async function renderInventory(
  client: Client,
  environment: Environment,
  named: Named,
): Promise<readonly Finding[]> {
  const ids = servicesOf(environment);
  const readings = await Promise.all(ids.map(async (id) => ({ id, reading: await readService(client, id) })));
  const missing = readings.flatMap(({ id, reading }) =>
    reading.kind === "read" ? [] : [cannotTell(`render/service/${id}`, `the service ${id}`, reading)],
  );
  const owners = readings.flatMap(({ reading }) => (reading.kind === "read" ? [reading.value.ownerId] : []));
  const parts = [...new Set(owners)].flatMap((owner) => [
    services(client, owner, named),
    ...datastores(client, owner, named),
  ]);
  return [...missing, ...(await Promise.all(parts)).flat()];
}
