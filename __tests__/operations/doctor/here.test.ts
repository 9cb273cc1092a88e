import { inputs } from "../../../operations/doctor/here";
import type { Subject } from "../../../operations/doctor/checklist";
import { tenancies } from "../../../policy/environment";
import { anEnvironment } from "../../support/environments";

const environment = anEnvironment();
const [tenancy] = tenancies([environment]);

test.each([
  ["", "TF_VAR_edge_secret_shop isn't set"],
  ["short", "TF_VAR_edge_secret_shop isn't 32 or more visible ASCII characters"],
])("an edge secret that isn't set is told from one that is too short: %j", (value, what) => {
  const subject = { environment, tenancy, variables: { TF_VAR_edge_secret_shop: value } } as unknown as Subject;
  expect(inputs(subject, [])).toMatchObject([{ id: "secret/TF_VAR_edge_secret_shop", what }]);
});

test("an empty variable gives way to the other sources of an input, as in a deploy", () => {
  const variables = { TF_VAR_edge_secret_shop: "", EDGE_SECRET: "x".repeat(32) };
  expect(inputs({ environment, tenancy, variables } as unknown as Subject, [])).toEqual([]);
});
