import { join } from "node:path";
import { readStack } from "../../../operations/deploy/stack";
import { applied, outputFolder } from "./support/output-folder";

const PROGRAM = "assets/Appliers/0F/render-service-type.mjs";
const STACK = {
  terraform: { backend: { s3: { bucket: "state" } } },
  variable: { edge_secret_dev: { type: "string" }, region: { default: "eu" } },
  resource: { null_resource: { Worker_1: applied(PROGRAM, '{"a":1}'), ExampleValues: { lifecycle: {} } } },
};

test("a stack has its backend, its inputs without a default and its appliers", () => {
  const folder = outputFolder(STACK);
  expect(readStack(folder, "dev")).toEqual({
    environment: "dev",
    path: join(folder, "stacks/dev"),
    backend: "s3",
    providers: {},
    resources: expect.any(Function),
    variables: ["edge_secret_dev"],
    appliers: [{ address: "null_resource.Worker_1", program: PROGRAM, desiredState: '{"a":1}' }],
  });
});

test.each([
  ["no backend", {}, undefined],
  ["a local one", { backend: { local: { path: "a" } } }, "local"],
  ["HCP Terraform", { cloud: { organization: "acme" } }, "cloud"],
])("%s is told apart", (_, terraform, backend) => {
  expect(readStack(outputFolder({ terraform }), "dev").backend).toBe(backend);
});

test.each(["prod", "../dev", "dev/../dev", "", "a b"])("there is no environment %j", (name) => {
  expect(() => readStack(outputFolder(STACK), name)).toThrow("<environment>: got");
});

test.each(["", "{", "[]", '{"terraform":{"backend":7}}'])("%j is no stack", (text) => {
  expect(() => readStack(outputFolder(text), "dev")).toThrow("stacks/dev/cdk.tf.json: got");
});

test.each(["/bin/sh", "../assets/a.mjs", "assets/../../a.mjs", "assets/a.sh", "--eval=1.mjs"])(
  "%j is no program of the stack's own",
  (program) => {
    const resource = { null_resource: { Worker_1: applied(program, "{}") } };
    expect(() => readStack(outputFolder({ ...STACK, resource }), "dev")).toThrow("a program of the stack's assets");
  },
);
