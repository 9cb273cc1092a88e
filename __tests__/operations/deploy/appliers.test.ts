import { checkAppliers, type Checked, taint } from "../../../operations/deploy/appliers";
import { codeOfAll } from "../../../operations/exit-code";
import type { StackFolder } from "../../../operations/deploy/stack";
import { terraformIn } from "../../../operations/deploy/terraform";
import { standInPrograms } from "./support/stand-in-program";

const applier = (id: string) => ({
  address: `null_resource.${id}`,
  program: `assets/${id}.mjs`,
  desiredState: `{"id":"${id}"}`,
});
const stack: StackFolder = {
  environment: "dev",
  path: "stacks/dev",
  backend: "s3",
  variables: [],
  appliers: ["a", "b", "c"].map(applier),
  providers: {},
  resources: () => [],
};
const checked = (...codes: readonly Checked["code"][]): readonly Checked[] =>
  codes.map((code, place) => ({ ...applier(["a", "b", "c"][place] ?? ""), code, said: "" }));

describe("a check", () => {
  test("runs every program with its own state, in the stack's folder, and writes nothing", async () => {
    const programs = standInPrograms((line) => ({ output: `${line}\n` }));
    const all = await checkAppliers(stack, { run: programs.run, variables: { RENDER_API_KEY: "key" } });
    expect(programs.lines()).toEqual(["a", "b", "c"].map((id) => `node assets/${id}.mjs --check`));
    expect(programs.calls.map(({ environment }) => environment)).toEqual(
      ["a", "b", "c"].map((id) => ({ RENDER_API_KEY: "key", DESIRED_STATE: `{"id":"${id}"}` })),
    );
    expect(programs.calls.every(({ folder }) => folder === "stacks/dev")).toBe(true);
    expect(all.map(({ said }) => said)).toEqual(programs.lines());
  });

  test.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [127, 2],
    [undefined, 2],
  ])("that ends with %p counts as %d", async (ended, code) => {
    const { run } = standInPrograms(() => ({ code: ended }));
    const [first] = await checkAppliers(stack, { run, variables: {} });
    expect(first?.code).toBe(code);
  });

  test.each([
    [[0, 0, 0], 0],
    [[0, 2, 0], 2],
    [[2, 1, 0], 1],
    [[], 0],
  ] as const)("of %j is %d in all", (codes, code) => {
    expect(codeOfAll(codes)).toBe(code);
  });
});

describe("a taint", () => {
  const terraform = (answer: Parameters<typeof standInPrograms>[0]) => {
    const programs = standInPrograms(answer);
    return { programs, terraform: terraformIn(stack, { run: programs.run, variables: {}, locks: "nowhere" }) };
  };
  const ALL = { output: "null_resource.a\nnull_resource.b\nnull_resource.c\n" };

  test("has those run again that differ or can't tell, and no others", async () => {
    const { programs, terraform: given } = terraform((line) => (line.includes("state list") ? ALL : {}));
    expect(await taint(checked(0, 1, 2), given)).toEqual({
      code: 0,
      lines: ["null_resource.b", "null_resource.c"].map((id) => `${id} is tainted: the deploy runs it again`),
    });
    expect(programs.lines().filter((line) => line.includes("taint"))).toEqual([
      "terraform taint -no-color null_resource.b",
      "terraform taint -no-color null_resource.c",
    ]);
  });

  test("asks Terraform nothing where every state is in force", async () => {
    const { programs, terraform: given } = terraform(() => undefined);
    expect(await taint(checked(0, 0, 0), given)).toEqual({ code: 0, lines: [] });
    expect(programs.lines()).toEqual([]);
  });

  test.each([
    ["which was added since", { output: "null_resource.a\n" }],
    ["before the first apply", { code: 1, output: "No state file was found!" }],
  ])("leaves alone what isn't in the state, %s", async (_, list) => {
    const { programs, terraform: given } = terraform((line) => (line.includes("state list") ? list : {}));
    expect(await taint(checked(0, 1, 0), given)).toEqual({
      code: 0,
      lines: ["null_resource.b isn't in the state yet: the deploy runs it"],
    });
    expect(programs.lines().some((line) => line.includes("taint"))).toBe(false);
  });

  test.each(["init", "state list", "taint"])("says so where %s fails", async (fails) => {
    const failing = { code: 1, output: "denied" };
    const { terraform: given } = terraform((line) => {
      if (line.includes(`terraform ${fails}`)) return failing;
      return line.includes("state list") ? ALL : {};
    });
    const { code, lines } = await taint(checked(1, 0, 0), given);
    expect([code, lines.at(-1)]).toEqual([2, "denied"]);
  });
});
