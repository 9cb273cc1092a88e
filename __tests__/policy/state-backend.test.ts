import { isLocalState, openMembersOf } from "../../policy/state-backend";

test.each<[string, object]>([
  ["local", {}],
  ["local", { path: "../../../terraform.production.tfstate" }],
  ["local", { path: "terraform.tfstate" }],
  ["local", { path: null }],
  ["s3", { bucket: "state", key: "a.tfstate", region: "eu-central-1", encrypt: true, use_lockfile: true }],
  ["s3", { bucket: "state", acl: "private", assume_role: { role_arn: "arn:aws:iam::1:role/deploy" } }],
  ["gcs", { bucket: "state", prefix: "security" }],
  ["azurerm", { storage_account_name: "state", container_name: "state", key: "a.tfstate", use_oidc: true }],
  ["pg", { schema_name: "state" }],
  ["remote", { organization: "example", workspaces: { name: "production" } }],
  ["remote", { hostname: "app.terraform.io", organization: "example" }],
  ["cloud", { hostname: "app.eu.terraform.io", organization: "example" }],
  ["http", { address: "https://gitlab.com/api/v4/projects/1/terraform/state/production" }],
])("only credentials lead to a state that %s keeps with %j", (backend, told) => {
  expect(openMembersOf(backend, { ...told })).toEqual([]);
});

test.each<[string, object, readonly string[]]>([
  ["local", { path: "/srv/www/state" }, ["path"]],
  ["local", { path: "../../../../state" }, ["path"]],
  ["local", { path: "../../../public/state" }, ["path"]],
  ["local", { path: ".." }, ["path"]],
  ["local", { path: "${var.path}" }, ["path"]],
  ["local", { workspace_dir: "/srv/www" }, ["workspace_dir"]],
  ["s3", { bucket: "state", acl: "public-read" }, ["acl"]],
  ["s3", { bucket: "state", endpoints: { s3: "http://s3.example.com" } }, ["endpoints"]],
  ["s3", { bucket: "state", access_key: "x", secret_key: "x" }, ["access_key", "secret_key"]],
  ["s3", { constructor: "x" }, ["constructor"]],
  ["gcs", { bucket: "state", storage_custom_endpoint: "http://gcs.example.com" }, ["storage_custom_endpoint"]],
  ["azurerm", { metadata_host: "example.com" }, ["metadata_host"]],
  ["pg", { conn_str: "postgres://example.com/state?sslmode=disable" }, ["conn_str"]],
  ["remote", { hostname: "example.com" }, ["hostname"]],
  ["cloud", { hostname: ["app.terraform.io"] }, ["hostname"]],
  ["http", { address: "https://example.com/state" }, ["address"]],
  ["http", { address: "http://gitlab.com/api/v4/projects/1/terraform/state/x" }, ["address"]],
  ["http", { lock_address: "https://example.com/lock", password: "x" }, ["lock_address", "password"]],
])("others may read a state that %s keeps with %j", (backend, told, members) => {
  expect(openMembersOf(backend, { ...told })).toEqual(members);
});

test.each(["consul", "kubernetes", "toString", ""])("it is unknown who reads a state that %j keeps", (backend) => {
  expect(openMembersOf(backend, {})).toBeUndefined();
});

test.each<[string | undefined, boolean]>([
  [undefined, true],
  ["local", true],
  ["s3", false],
  ["cloud", false],
])("a state that %s keeps is lost with the machine: %s", (backend, isLost) => {
  expect(isLocalState(backend)).toBe(isLost);
});
