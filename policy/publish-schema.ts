import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { policySchema } from "./environment";

writeFileSync(join(__dirname, "policy.schema.json"), `${JSON.stringify(policySchema(), null, 2)}\n`);
