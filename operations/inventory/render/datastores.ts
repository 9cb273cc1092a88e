import { printable } from "../../printable";
import type { Client } from "../../platforms/client";
import { listKeyValues, listPostgres, type LiveStore } from "../../platforms/render";
import { failure, type Finding, orLetItBe, findingsOf } from "../finding";
import type { Named } from "../named";

const NEEDS = "a key of a member of the workspace";

/** The datastores of a workspace. An environment names Key Value instances; its Postgres is Supabase's. */
export function datastores(client: Client, owner: string, named: Named): readonly Promise<readonly Finding[]>[] {
  const workspace = printable(owner);
  return [
    findingsOf({
      id: `render/postgres/${workspace}`,
      subject: `the Postgres databases of workspace ${workspace}`,
      needs: NEEDS,
      reading: listPostgres(client, owner),
      judge: (store) => [stranger("Postgres database", store)],
    }),
    findingsOf({
      id: `render/key-values/${workspace}`,
      subject: `the Key Value instances of workspace ${workspace}`,
      needs: NEEDS,
      reading: listKeyValues(client, owner),
      judge: (store) => (named.keyValues.has(store.id) ? [] : [stranger("Key Value instance", store)]),
    }),
  ];
}

function stranger(kind: string, { id, name }: LiveStore): Finding {
  return failure(`render/datastore/${printable(id)}`, {
    what: `the ${kind} "${printable(name)}" is in no environment, so nothing closes it`,
    todo: orLetItBe("delete it, or name it as a datastore"),
  });
}
