import { openProvidersIn } from "../../../verification/terraform/providers";
import { readStack } from "../../../verification/terraform/stack";
import { BINDINGS_VERSIONS, DEFAULT_VERSIONS } from "../../../stacks/provider-versions";

const SOURCES = { cloudflare: "cloudflare/cloudflare", github: "integrations/github", null: "hashicorp/null" } as const;
type Name = keyof typeof SOURCES;
const NAMES = Object.keys(SOURCES) as readonly Name[];

/** The open providers of a stack, as `<pointer> <reason>`. */
const openIn = (json: object): readonly string[] =>
  openProvidersIn(readStack({ name: "shop", json })).map(({ reason, place }) => `${place.pointer} ${reason}`);

const requiring = (demands: object) => ({ terraform: { required_providers: demands } });
const versionOf = (name: Name, version: unknown) => openIn(requiring({ [name]: { source: SOURCES[name], version } }));

describe("the version of a provider", () => {
  test.each(NAMES)("is known where stacks ask for it by default, or the bindings do: %s", (name) => {
    for (const { [name]: version } of [DEFAULT_VERSIONS, BINDINGS_VERSIONS])
      expect(versionOf(name, version)).toEqual([]);
  });

  test.each<[Name, string]>([
    ["cloudflare", "5.15.1"],
    ["github", "6.10.0"],
    ["null", "3.2.0"],
    ["null", "3.2.12"],
  ])("is known between the first and the last that were looked at: %s %s", (name, version) => {
    expect(versionOf(name, version)).toEqual([]);
  });

  test.each<[Name, unknown]>([
    ...["5.13.9", "5.22.1", "5.23.0", "6.0.0", "4.52.0", "5.0.0", "99.0.0"].map((version): [Name, unknown] => [
      "cloudflare",
      version,
    ]),
    ...["5.45.0", "6.8.9", "6.13.1", "7.0.0"].map((version): [Name, unknown] => ["github", version]),
    ...["3.1.9", "3.3.0", "4.2.0"].map((version): [Name, unknown] => ["null", version]),
    ...[">= 5.14.0", "~> 5.14", "5.22", "5.22.x", "v5.22.0", "5.22.0-beta", " 5.22.0", "5.22.0\n", "05.22.0"].map(
      (version): [Name, unknown] => ["cloudflare", version],
    ),
    ...["", null, undefined, 5, ["5.22.0"], "${var.version}", "5.22.0, 5.22.0"].map((version): [Name, unknown] => [
      "cloudflare",
      version,
    ]),
  ])("is open otherwise: %s %j", (name, version) => {
    expect(versionOf(name, version)).toEqual([
      expect.stringMatching(
        new RegExp(`^/terraform/required_providers/${name} .*write an exact one, from [\\d.]+ to [\\d.x]+$`),
      ),
    ]);
  });

  test("is open where a stack has resources of the provider and asks for none", () => {
    for (const type of ["cloudflare_list", "github_issue", "null_resource"])
      expect(openIn({ resource: { [type]: { x: {} } } })).toEqual([
        expect.stringMatching(/^\/terraform the \w+ provider/),
      ]);
    expect(openIn({ resource: { aws_vpc: { x: {} }, constructor_x: { x: {} } } })).toEqual([]);
  });
});

describe("the source of a provider", () => {
  test.each([
    ["cloudflare", "Cloudflare/Cloudflare", "5.22.0"],
    ["github", "registry.terraform.io/integrations/github", "6.13.0"],
    ["null", "null", "3.2.4"],
  ])("may be its platform's in another spelling: %s from %s", (name, source, version) => {
    expect(openIn(requiring({ [name]: { source, version } }))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["cloudflare", { source: "evil/cloudflare", version: "5.22.0" }],
    ["cloudflare", { source: "example.com/cloudflare/cloudflare", version: "5.22.0" }],
    ["cloudflare", "5.22.0"],
    ["github", { source: "hashicorp/github", version: "6.13.0" }],
    ["github", { version: "6.13.0" }],
    ["null", { source: "example/null", version: "3.2.4" }],
  ])("is open otherwise: %s of %j", (name, demand) => {
    for (const json of [
      requiring({ [name]: demand }),
      { terraform: [{}, { required_providers: [{ [name]: demand }] }] },
    ])
      expect(openIn(json)).toEqual([expect.stringMatching(/another source than its platform's/)]);
  });

  test("is asked of those alone whose resources are understood", () => {
    expect(openIn(requiring({ aws: { source: "example/aws" }, random: "1.0" }))).toEqual([]);
  });
});

const variable = { token: { type: "string", sensitive: true }, weak: { default: "x" } };

describe("the configuration of a provider", () => {
  const configured = (provider: unknown) => openIn({ provider, variable });

  test.each<[string, object]>([
    ["github", { owner: "Example", alias: "scans", max_retries: 5, write_delay_ms: 100, "//": {} }],
    ["github", { owner: "example", token: "${var.token}" }],
    ["github", { owner: "example", app_auth: {} }],
    ["github", { owner: "example", app_auth: [{ id: "${var.token}", installation_id: "${var.token}" }] }],
    ["cloudflare", { api_token: "${var.token}", user_agent_operator_suffix: "shop" }],
    ["cloudflare", { api_token: null }],
    ["null", {}],
    ["aws", { base_url: "http://127.0.0.1" }],
  ])("redirects nothing: %s %j", (name, configuration) => {
    for (const provider of [{ [name]: configuration }, [{ [name]: [configuration] }]])
      expect(configured(provider)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["github", { owner: "example", organization: "other" }, "is given organization"],
    ["github", { owner: "example", base_url: "https://api.github.com/" }, "is given base_url"],
    ["github", { owner: "example", insecure: false }, "is given insecure"],
    ["github", { owner: "example", version: "6.13.0" }, "is given version"],
    ["github", { owner: "example", token: "x" }, "is given token"],
    ["github", { owner: "example", token: "${var.weak}" }, "is given token"],
    ["github", { owner: "example", token: "${var.absent}" }, "is given token"],
    ["github", { owner: "example", token: "${var.token}${var.token}" }, "is given token"],
    ["github", { owner: "example", app_auth: [{ installation_id: "2" }] }, "is given app_auth"],
    ["github", { owner: "${var.token}" }, "works for"],
    ["github", { owner: "example/../other" }, "works for"],
    ["github", { owner: null }, "works for"],
    ["cloudflare", { alias: "eu", base_url: "${var.token}" }, "is given base_url"],
    ["cloudflare", { api_token: "x" }, "is given api_token"],
    ["null", { x: 1 }, "is given x"],
  ])("may redirect its requests: %s %j", (name, configuration, what) => {
    for (const provider of [{ [name]: configuration }, [{ [name]: [{ owner: "example" }, configuration] }]]) {
      const found = configured(name === "github" ? provider : { [name]: [configuration] });
      expect(found).toEqual([expect.stringContaining(`/provider/${name} the ${name} provider ${what}`)]);
    }
  });
});
