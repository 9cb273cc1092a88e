import { pathToFileURL } from "node:url";
import { join } from "node:path";

import Ajv2020 from "ajv/dist/2020";
import fc from "fast-check";

import { kinds } from "../../appliers/manifest.json";
import { PROGRAMS, runNode } from "../support/run-applier";
import { KINDS } from "./kinds";

type Json = Readonly<Record<string, unknown>>;

/** One process answers for all values: for each whether the programs' own check of the schema accepts it. */
async function accepted(schema: Json, values: readonly unknown[]): Promise<readonly boolean[]> {
  const module = pathToFileURL(join(PROGRAMS, "shared/schema.mjs")).href;
  const script = `
    import { problems } from ${JSON.stringify(module)};
    import { readFileSync } from "node:fs";
    const { schema, values } = JSON.parse(readFileSync(0, "utf8"));
    console.log(JSON.stringify(values.map((value) => problems(schema, value, "it").length === 0)));
  `;
  const input = JSON.stringify({ schema, values });
  const { stdout, stderr } = await runNode(["--input-type=module", "--eval", script], { input });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly boolean[];
}

/** Values near a valid one: one member replaced, dropped or added, lists with something more in them. */
function near(valid: Json): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(null, 7, true, "", [], {}, "disabled", "enabled", "web_service", "cron_job"),
    fc.constantFrom<unknown>("203.0.113.0/24", "203.0.113.256/32", "1.2.3.4/0", "1.2.3.4/33", "01.2.3.4/32", "1.2.3.4"),
    fc.constantFrom<unknown>("2001:db8::/64", "::/0", "::/128", "::/129", "app.example.com", "-a.example.com", "a..b"),
    fc.string(),
  );
  const entry = fc.oneof(leaf, fc.record({ cidrBlock: leaf, description: leaf }, { requiredKeys: [] }));
  const value = fc.oneof(leaf, fc.array(entry, { maxLength: 3 }), entry);
  const keys = Object.keys(valid);
  return fc.oneof(
    value,
    fc.tuple(fc.constantFrom(...keys, "another"), value).map(([key, to]) => ({ ...valid, [key]: to })),
    fc.constantFrom(...keys).map((key) => ({ ...valid, [key]: undefined })),
    fc
      .tuple(fc.constantFrom(...keys), fc.array(entry, { maxLength: 2 }))
      .map(([key, more]) => ({ ...valid, [key]: [valid[key]].flat().concat(more) })),
  );
}

describe("the schema of a desired state", () => {
  test.concurrent.each(KINDS.map((kind) => [kind.kind, kind] as const))(
    "of %s means to the program what it means to a JSON Schema validator",
    async (_, { kind, desired }) => {
      const schema = kinds.find((row) => row.kind === kind)?.desiredState as Json;
      const validate = new Ajv2020({ strict: true }).compile(schema);
      const values = fc.sample(near(desired), { seed: 20_261_124, numRuns: 400 });
      const asJson = [desired, ...values].map((value) => JSON.parse(JSON.stringify(value ?? null)) as unknown);
      const expected = asJson.map((value) => validate(value));
      expect(await accepted(schema, asJson)).toEqual(expected);
      expect(expected[0]).toBe(true);
      expect(new Set(expected).size).toBe(2);
    },
  );

  test("with a keyword that the programs don't know is an error, not a gap", async () => {
    await expect(accepted({ type: "string", minLength: 3 }, ["a"])).rejects.toThrow('keyword "minLength" isn\'t known');
  });
});
