import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  BARREL_IMPORTS,
  CDKTF_ROOMS,
  DIRECTIONS,
  IMPORT_SEEDS,
  PROOF_DIRECTIONS,
  PROOF_ROOMS,
  ROOMS,
  TARGETS,
} from "./import-seeds";
import { ROOT, SeededProject } from "./seeded-project";

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

let violations: readonly Violation[] = [];

beforeAll(async () => {
  const project = SeededProject.of({
    ...IMPORT_SEEDS,
    "package.json": readFileSync(join(ROOT, "package.json"), "utf8"),
  });
  const report = await project.json(
    "dependency-cruiser/bin/dependency-cruise.mjs",
    ...["--config", join(ROOT, ".dependency-cruiser.cjs"), "--output-type", "json", "--preserve-symlinks", "."],
  );
  violations = (report as { summary: { violations: readonly Violation[] } }).summary.violations;
  project.remove();
}, 60_000);

const rulesBrokenBy = (file: string): readonly string[] => [
  ...new Set(violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)),
];
const roomsThatBreak = (rule: string, file: string): readonly string[] =>
  ROOMS.filter((room) => rulesBrokenBy(`${room}/${file}`).includes(rule)).sort();
const except = (rooms: readonly string[]): readonly string[] => ROOMS.filter((room) => !rooms.includes(room)).sort();

describe.each(ROOMS)("the room %s", (room) => {
  const allowed = [room, ...(DIRECTIONS[room] ?? [])];

  test("is refused every import against its direction", () => {
    const wrong = TARGETS.filter((to) => !allowed.includes(to));
    const caught = wrong.filter((to) =>
      rulesBrokenBy(`${room}/imports-${to}.ts`).includes(`${room}-imports-run-one-way`),
    );
    expect(caught).toEqual(wrong);
  });

  test("may import itself and what lies below it", () => {
    const broken = allowed.flatMap((to) => rulesBrokenBy(`${room}/imports-${to}.ts`));
    expect(broken).toEqual([]);
  });
});

describe.each(PROOF_ROOMS)("the room %s of the proof", (room) => {
  const allowed = [room, ...(PROOF_DIRECTIONS[room] ?? []), "once-per", ...(isLowest(room) ? [] : ["result"])];
  const broken = (target: string) =>
    rulesBrokenBy(`verification/${room}/imports-${target}.ts`).filter((rule) => rule.startsWith("proof-"));

  test("is refused every import but of what lies below it", () => {
    const wrong = [...PROOF_ROOMS, "index", "result"].filter((to) => !allowed.includes(to));
    expect(wrong.filter((to) => broken(to).includes(`proof-${room}-imports-run-one-way`))).toEqual(wrong);
  });

  test("may import itself, what lies below it, and the helpers of all rooms", () => {
    expect(allowed.flatMap(broken)).toEqual([]);
  });
});

function isLowest(room: string): boolean {
  return PROOF_DIRECTIONS[room]?.length === 0;
}

describe("main.ts", () => {
  test("is refused every import but of what it composes", () => {
    const refused = violations
      .filter(({ from, rule }) => from === "main.ts" && rule.name === "main-imports-run-one-way")
      .map(({ to }) => to.split("/")[0]);
    expect(refused.sort()).toEqual(TARGETS.filter((room) => !DIRECTIONS["main"]?.includes(room)).sort());
  });
});

describe.each(["__tests__", "tests"])("the tests in %s", (room) => {
  test("may import every room", () => {
    expect(TARGETS.flatMap((to) => rulesBrokenBy(`${room}/imports-${to}.ts`))).toEqual([]);
  });
});

describe("verification and constructs never see each other", () => {
  test("not even by a chain of imports from verification", () => {
    expect(rulesBrokenBy("verification/sees-a-construct-by-a-chain.ts")).toContain("proof-sees-no-construct");
  });

  test("not even by a chain of imports from constructs", () => {
    expect(rulesBrokenBy("constructs/sees-a-proof-by-a-chain.ts")).toContain("construct-sees-no-proof");
  });
});

describe("cdktf stays in its rooms", () => {
  test.each(["loads-cdktf.ts", "loads-constructs.ts", "loads-a-provider.ts"])("%s is refused elsewhere", (file) => {
    expect(roomsThatBreak("cdktf-stays-in-its-rooms", file)).toEqual(except(CDKTF_ROOMS));
  });

  test("the package constructs isn't taken for the room of that name", () => {
    expect(rulesBrokenBy("network/loads-constructs.ts")).not.toContain("network-imports-run-one-way");
    expect(rulesBrokenBy("constructs/loads-constructs.ts")).toEqual([]);
  });

  test("a chain of imports is refused too", () => {
    expect(rulesBrokenBy("cli/loads-cdktf-by-a-chain.ts")).toContain("cdktf-stays-in-its-rooms");
  });
});

describe("packages", () => {
  test.each(Object.keys(BARREL_IMPORTS))("a provider's barrel is refused as %s", (form) => {
    expect(rulesBrokenBy(`stacks/barrel-${form}.ts`)).toEqual(["no-provider-barrel"]);
  });

  test("a resource by its subpath is no barrel", () => {
    expect(rulesBrokenBy("stacks/loads-a-provider.ts")).toEqual([]);
  });

  test("an undeclared package is refused", () => {
    expect(rulesBrokenBy("policy/undeclared.ts")).toEqual(["declared"]);
  });

  test("a development package is refused in every room", () => {
    expect(roomsThatBreak("development-stays-out-of-the-product", "loads-a-development-package.ts")).toEqual(
      except([]),
    );
  });

  test("any package is refused in the lowest rooms", () => {
    expect(roomsThatBreak("lowest-rooms-need-no-package", "loads-a-package.ts")).toEqual(["errors", "network"]);
  });

  test.each(["appliers/loads-a-package.ts", "constructs/scan/programs/needs-a-package.cjs"])(
    "any package is refused in the program %s",
    (file) => {
      expect(rulesBrokenBy(file)).toEqual(["programs-stand-alone"]);
    },
  );

  test("what stands beside a program in the project is refused in it", () => {
    expect(rulesBrokenBy("constructs/scan/programs/needs-the-project.cjs")).toEqual(["programs-stand-alone"]);
  });

  test("Node's own modules, sockets included, and its own kind pass in a program", () => {
    expect(rulesBrokenBy("constructs/scan/programs/needs-node.cjs")).toEqual([]);
  });

  test("a socket is refused everywhere but in operations, the rehearsal and appliers", () => {
    expect(roomsThatBreak("sockets-stay-in-operations", "opens-a-socket.ts")).toEqual(
      except(["operations", "rehearsal", "appliers"]),
    );
  });
});

describe("modules", () => {
  test.each(["circle", "circle-of-types"])("a %s is refused", (circle) => {
    expect([`policy/${circle}-a.ts`, `policy/${circle}-b.ts`].flatMap(rulesBrokenBy)).toEqual(["no-circle"]);
  });

  test("an import that leads nowhere is refused", () => {
    expect(rulesBrokenBy("policy/unresolvable.ts")).toContain("resolvable");
  });

  test("a module outside the known rooms may not be imported", () => {
    expect(rulesBrokenBy("policy/helped-by-a-stranger.ts")).toContain("every-module-has-a-room");
  });

  test("a module outside the known rooms may import nothing", () => {
    expect(rulesBrokenBy("helpers/stranger.ts")).toContain("strangers-import-nothing");
  });
});
