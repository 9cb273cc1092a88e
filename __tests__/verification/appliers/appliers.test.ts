import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { APPLIER_KINDS, targetOf, complaints } from "../../../verification/appliers/desired-state";
import { appliersOf } from "../../../verification/appliers/appliers";
import { type Manifest, type ManifestRow, ownManifest } from "../../../verification/appliers/program";
import { Model } from "../../../verification/terraform/model";

const PROGRAMS = join(__dirname, "..", "..", "..", "appliers", "programs");
const KIND = "render-key-value-allow-list";
const TARGET = "red-c0ffee";

function rowOf(kind: string): ManifestRow {
  const row = ownManifest().kinds.find((each) => each.kind === kind);
  if (row === undefined) throw new Error(`there is no ${kind}`);
  return row;
}

const shipped = (path: string): Uint8Array => readFileSync(join(PROGRAMS, path.replace("programs/", "")));

interface Written {
  readonly hash?: string;
  readonly state?: string;
  readonly target?: string;
  readonly file?: (path: string) => Uint8Array | undefined;
  readonly locals?: Readonly<Record<string, unknown>>;
}

/** A stack with one applier. */
function modelWith({
  hash = rowOf(KIND).hash,
  target = TARGET,
  state = JSON.stringify({ keyValueId: target, ipAllowList: [] }),
  file = shipped,
  locals = {},
}: Written = {}): Model {
  const exec = {
    interpreter: ["/bin/sh", "-ceu"],
    command: 'node "$APPLIER"',
    environment: { APPLIER: `programs/${KIND}.mjs`, DESIRED_STATE: state },
  };
  const triggers = { kind: KIND, target, desired_state: state, program: hash };
  const body = { triggers, provisioner: [{ "local-exec": exec }] };
  return Model.of([{ name: "shop", json: { locals, resource: { null_resource: { Closed: body } } }, file }]);
}

const reasonsOf = (model: Model, manifest?: Manifest): readonly string[] =>
  appliersOf(model, manifest)
    .unknownsOf(KIND)
    .map(({ reason }) => reason);

describe("the programs that the verifier knows", () => {
  test("are all modelled, and no others", () => {
    expect(ownManifest().kinds.map(({ kind }) => kind)).toEqual(APPLIER_KINDS);
  });

  test.each(APPLIER_KINDS)(
    "of kind %s name their target first, and are described by keywords that are known",
    (kind) => {
      const { desiredState } = rowOf(kind);
      const [target = ""] = desiredState.required ?? [];
      expect(targetOf(kind, { [target]: "its target" })).toBe("its target");
      expect(complaints(desiredState, {}, "it").map(({ text }) => text)).toEqual(
        desiredState.required?.map((key) => `it has no "${key}"`),
      );
    },
  );
});

describe("an applier", () => {
  test("is read with its state and its target", () => {
    const [applier, ...others] = appliersOf(modelWith()).ofKind(KIND);
    expect(others).toEqual([]);
    expect(applier?.targets).toEqual([TARGET]);
    expect(applier?.state).toEqual({ keyValueId: TARGET, ipAllowList: [] });
    expect(reasonsOf(modelWith())).toEqual([]);
  });

  test("is one of its kind alone", () => {
    expect(appliersOf(modelWith()).ofKind("render-service-type")).toEqual([]);
  });

  test.each([
    ["a reference", { target: "${render_key_value.main.id}" }, ["${render_key_value.main.id}"]],
    ["a local", { target: "${local.instance}", locals: { instance: TARGET } }, [TARGET, "${local.instance}"]],
  ])("may name its target by %s", (_, written, targets) => {
    const [applier] = appliersOf(modelWith(written)).ofKind(KIND);
    expect(applier?.targets).toEqual(targets);
    expect(reasonsOf(modelWith(written))).toEqual([]);
  });

  test("may name nothing else by a reference", () => {
    const target = "${render_key_value.main.id}";
    const state = JSON.stringify({
      keyValueId: target,
      ipAllowList: [{ cidrBlock: "${var.office}", description: "" }],
    });
    expect(appliersOf(modelWith({ target, state })).ofKind(KIND)).toEqual([]);
    expect(reasonsOf(modelWith({ target, state }))).toContainEqual(expect.stringContaining("only the apply knows"));
  });

  test("whose state breaks the schema by what it says, not by its shape, is read with a doubt", () => {
    const state = JSON.stringify({ keyValueId: TARGET, ipAllowList: [{ cidrBlock: "0.0.0.0/0", description: "all" }] });
    expect(appliersOf(modelWith({ state })).ofKind(KIND)).toHaveLength(1);
    expect(reasonsOf(modelWith({ state }))).toEqual([expect.stringContaining("ipAllowList[0].cidrBlock has to have")]);
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["another shape", JSON.stringify({ keyValueId: TARGET, ipAllowList: {} })],
    ["another target", JSON.stringify({ keyValueId: "red-other", ipAllowList: [] })],
  ])("whose state is %s is not read", (_, state) => {
    expect(appliersOf(modelWith({ state })).ofKind(KIND)).toEqual([]);
    expect(reasonsOf(modelWith({ state }))).not.toEqual([]);
  });
});

describe("a program", () => {
  const files = ["old.mjs"];
  const old = (path: string) => (path === "programs/old.mjs" ? Buffer.from("// an older release\n") : undefined);
  // sha256sum old.mjs | sha256sum
  const digest = (content: string) => createHash("sha256").update(content).digest("hex");
  const hash = digest(`${digest("// an older release\n")}  old.mjs\n`);
  const manifest: Manifest = { kinds: [{ ...rowOf(KIND), released: [{ files, hash }] }] };

  test("that was released before is known by the hash of what it was then", () => {
    expect(reasonsOf(modelWith({ hash, file: old }), manifest)).toEqual([]);
    expect(appliersOf(modelWith({ hash, file: old }), manifest).ofKind(KIND)).toHaveLength(1);
  });

  test("that was never released is named", () => {
    expect(reasonsOf(modelWith({ hash, file: old }))).toEqual([expect.stringContaining(`program ${hash} of ${KIND}`)]);
  });

  test("that isn't what its hash says may do anything", () => {
    const model = modelWith({ file: (path) => Buffer.concat([shipped(path), Buffer.from("\n")]) });
    expect(reasonsOf(model)).toEqual([expect.stringContaining("isn't program")]);
    expect(appliersOf(model).unknownsOf("render-service-type")).toHaveLength(1);
  });

  test("whose files are missing is named with them", () => {
    expect(reasonsOf(modelWith({ file: () => undefined }))).toEqual([expect.stringContaining("shared/run.mjs")]);
  });
});

describe("a program that Terraform asks for data", () => {
  const external = { external: { asked: { program: ["sh", "-c", "true"] } } };

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["/data/external/asked", { data: external }],
    ["/data/0/external/asked", { data: [external] }],
    ["/data/external/0/asked/0", { data: { external: [{ asked: [external.external.asked] }] } }],
    ["/check/healthy/data/external/asked", { check: { healthy: { data: external } } }],
    ["/check/0/healthy/0/data/0/external/asked", { check: [{ healthy: [{ data: [external] }] }] }],
  ])("may do anything, at %s", (pointer, json) => {
    const faults = appliersOf(Model.of([{ name: "shop", json }])).unknownsOf(KIND);
    expect(faults).toEqual([
      {
        reason: expect.stringContaining("asks an unknown program") as unknown,
        ...{ question: "program", place: { stack: "shop", pointer } },
      },
    ]);
  });

  test("is none where the answer is a file's or a URL's", () => {
    const data = { local_file: { a: { filename: "x" } }, http: { a: { url: "https://example.com" } } };
    expect(appliersOf(Model.of([{ name: "shop", json: { data, check: { c: { data } } } }])).unknownsOf(KIND)).toEqual(
      [],
    );
  });
});

describe("a desired state's schema", () => {
  const schema = {
    type: "object",
    required: ["name"],
    additionalProperties: false,
    properties: {
      name: { type: "string", pattern: "^[a-z]+$", maxLength: 3 },
      kind: { enum: ["one", "two"] },
      list: { type: "array", minItems: 1, uniqueItems: true, items: { const: "x" } },
    },
  } as const;

  test.each([
    ["what it asks for", { name: "abc", kind: "one", list: ["x"] }, []],
    ["a missing member", {}, ['it has no "name"']],
    ["an unknown member", { name: "a", other: 1 }, ['it has an unexpected "other"']],
    ["another type", { name: 1 }, ["it.name is no string"]],
    ["another form", { name: "A" }, ["it.name has to have the form ^[a-z]+$"]],
    ["too long a text", { name: "abcd" }, ["it.name may have at most 3 characters"]],
    ["what isn't listed", { name: "a", kind: "three" }, ['it.kind has to be one of ["one","two"]']],
    ["too few entries", { name: "a", list: [] }, ["it.list has to have at least 1 entries"]],
    ["an entry twice", { name: "a", list: ["x", "x"] }, ["it.list has an entry twice"]],
    ["another entry", { name: "a", list: ["y"] }, ['it.list[0] has to be "x"']],
    ["no object", null, ["it is no object"]],
  ])("tells %s", (_, value, texts) => {
    expect(complaints(schema, value, "it").map(({ text }) => text)).toEqual(texts);
  });

  test("with a keyword that isn't known describes nothing", () => {
    expect(complaints({ minLength: 1 } as object, "text", "it")).toEqual([
      { text: 'it is described by "minLength", which isn\'t known here', isShape: true },
    ]);
  });
});
