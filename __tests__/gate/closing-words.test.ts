import { tmpdir } from "node:os";
import { join } from "node:path";
import { closingLine } from "../../gate/closing-words";
import { Strength } from "../../policy/statements";
import type { Report } from "../../verification/answers/verify";
import { NOT_APPLICABLE } from "../../verification/result";
import { ACCEPTED, PROVEN, result, UNDECIDED } from "../verification/render/reports";

const ROOT = join(__dirname, "../..");
const HASH = "3f9a".repeat(16);

const enforced = { ...PROVEN, strength: Strength.ENFORCED };
const lowered = (environment: string) => result("WORK-2", UNDECIDED, { environment, lowered: "none here" });

function lineOf(results: Report["results"], folder = join(ROOT, "cdktf.out")): string {
  return closingLine({ report: { results, outside: [], changed: [] }, hash: HASH, folder });
}

test("the closing line counts what is proven by its strength, and names what is accepted", () => {
  const results = [
    result("PORTS-1", enforced),
    result("PORTS-2", enforced),
    result("WEB-1", PROVEN),
    result("DB-1", NOT_APPLICABLE),
    result("HOOK-1", ACCEPTED),
    lowered("dev"),
    lowered("staging"),
  ];
  expect(lineOf(results)).toBe(
    "3 statements proven (2 enforced, 1 asserted), 1 accepted by name: shop HOOK-1, 2 accepted as declared: dev WORK-2, staging WORK-2. " +
      `See what they rest on: npm run -s policy -- verify. proof sha256 ${HASH}`,
  );
});

test("the closing line says nothing of what there isn't", () => {
  const rest = `See what they rest on: npm run -s policy -- verify. proof sha256 ${HASH}`;
  expect(lineOf([result("WEB-1", PROVEN)])).toBe(`1 statement proven (1 asserted). ${rest}`);
  expect(lineOf([lowered("dev")])).toBe(`0 statements proven, 1 accepted as declared: dev WORK-2. ${rest}`);
});

test.each([
  [join(ROOT, "examples/shop/cdktf.out"), "verify examples/shop/cdktf.out."],
  [join(tmpdir(), "after"), `verify ${join(tmpdir(), "after")}.`],
  [join(ROOT, 'my "$x" folder'), 'verify "my \\"\\$x\\" folder".'],
])("the command of the closing line names the folder %j as the command needs it", (folder, command) => {
  expect(lineOf([result("WEB-1", PROVEN)], folder)).toContain(`npm run -s policy -- ${command} proof`);
});
