import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { App, TerraformStack } from "cdktf";
import Ajv2020 from "ajv/dist/2020";
import manifest from "../../appliers/manifest.json";
import { ApplierKind, AppliedState } from "../../constructs/applied-state";
import { environments } from "../../environments";
import { synthesize } from "../support/app";
import { appliedStatesOf } from "../support/applied-states";
import { resourcesOf, type TerraformJson } from "../support/synthesized";
import { sample } from "../support/sample";

interface LocalExec {
  readonly command: string;
  readonly interpreter: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const { stacks, files } = synthesize(environments);
const everyState = Object.entries(stacks).flatMap(([stack, json]) =>
  appliedStatesOf(json).map((state) => ({ stack, ...state })),
);
const rowOf = (kind: string) => manifest.kinds.find((row) => row.kind === kind);
const provisionersOf = (resource: Readonly<Record<string, unknown>>) =>
  resource["provisioner"] as readonly { readonly "local-exec": LocalExec }[];

describe("applied state", () => {
  test("has a program in the manifest for every kind, and a kind for every program", () => {
    expect(manifest.kinds.map(({ kind }) => kind).sort()).toEqual(Object.values(ApplierKind).sort());
  });

  test("is there in every environment, in production of every kind but the one that is opted in to", () => {
    expect(new Set(everyState.map(({ stack }) => stack))).toEqual(new Set(["dev", "staging", "production"]));
    const kinds = everyState.filter(({ stack }) => stack === "production").map(({ kind }) => kind);
    const always = Object.values(ApplierKind).filter((kind) => kind !== ApplierKind.RENDER_WEB_SERVICE_ALLOW_LIST);
    expect(new Set<string>(kinds)).toEqual(new Set<string>(always));
  });

  test.each(sample(everyState, 3))(
    "of $stack, $kind $target, has the form that the manifest has for its kind",
    ({ kind, desired }) => {
      const validate = new Ajv2020({ strict: false }).compile(rowOf(kind)?.desiredState ?? false);
      validate(desired);
      expect(validate.errors).toBeNull();
    },
  );

  test.each(sample(everyState, 3))(
    "of $stack, $kind $target, runs its program on exactly what its triggers hold",
    (state) => {
      const { kind, target, resource, stack } = state;
      const triggers = resource["triggers"] as Readonly<Record<string, string>>;
      expect(triggers).toEqual({
        kind,
        target,
        desired_state: JSON.stringify(state.desired),
        program: rowOf(kind)?.hash,
      });
      const [{ "local-exec": local }, ...more] = provisionersOf(resource) as [{ "local-exec": LocalExec }];
      expect(more).toEqual([]);
      expect(Object.keys(local).sort()).toEqual(["command", "environment", "interpreter"]);
      expect(local).toMatchObject({ command: 'node "$APPLIER"', interpreter: ["/bin/sh", "-ceu"] });
      expect(Object.keys(local.environment)).toEqual(["APPLIER", "DESIRED_STATE"]);
      expect(local.environment["DESIRED_STATE"]).toBe(triggers["desired_state"]);
      expect(files[`stacks/${stack}/${local.environment["APPLIER"] ?? ""}`]).toBe(
        readFileSync(join("appliers", "programs", rowOf(kind)?.program ?? ""), "utf8"),
      );
    },
  );

  test("ships the programs beside every stack, unchanged", () => {
    const shipped = Object.keys(files).filter((path) => path.startsWith("stacks/dev/assets/"));
    const programs = readdirSync("appliers/programs", { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(shipped).toHaveLength(programs.length);
    for (const path of shipped) {
      const [, name = ""] = /assets\/Appliers\/[0-9A-F]+\/(.*)$/.exec(path) ?? [];
      expect(files[path]).toBe(readFileSync(join("appliers", "programs", name), "utf8"));
    }
  });

  test.each(sample(everyState, 3))("of $stack, $kind $target, names no credential", ({ resource }) => {
    expect(JSON.stringify(resource)).not.toMatch(/TOKEN|API_KEY|SECRET/);
  });
});

describe("a stack of another app", () => {
  test("applies state with nothing but the null provider, and ships the programs once", () => {
    const outdir = mkdtempSync(join(tmpdir(), "applied-"));
    try {
      const stack = new TerraformStack(new App({ stackTraces: false, outdir }), "other");
      new NullProvider(stack, "null");
      const state = { kind: ApplierKind.RENDER_SERVICE_TYPE, desiredState: { serviceId: "srv-1", type: "cron_job" } };
      const first = new AppliedState(stack, "A", { ...state, target: "srv-1" });
      new AppliedState(stack, "B", { ...state, target: "srv-2", dependsOn: [first.resource] });
      (stack.node.root as App).synth();
      const json = JSON.parse(readFileSync(join(outdir, "stacks/other/cdk.tf.json"), "utf8")) as TerraformJson;
      const [a, b] = resourcesOf(json, "null_resource");
      expect([a?.["depends_on"], b?.["depends_on"]]).toEqual([
        undefined,
        [first.resource.terraformResourceType + "." + first.resource.friendlyUniqueId],
      ]);
      const program = provisionersOf(a ?? {})[0]?.["local-exec"].environment["APPLIER"] ?? "";
      expect(existsSync(join(outdir, "stacks/other", program))).toBe(true);
      expect(readdirSync(join(outdir, "stacks/other/assets"))).toEqual(["Appliers"]);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
