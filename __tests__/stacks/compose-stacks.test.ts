import { HttpBackend } from "cdktf";
import { environments } from "../../environments";
import { Accept } from "../../policy/accept";
import { EdgePart } from "../../policy/edge-options";
import { Origin } from "../../policy/origin";
import { Policy } from "../../policy/policy";
import { BINDINGS_VERSIONS, DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { synthesize } from "../support/app";
import { aGuest, anEnvironment, aZone } from "../support/environments";
import { aRepository } from "../support/repositories";
import { resourcesOf, type TerraformJson } from "../support/synthesized";

interface Stack extends TerraformJson {
  readonly terraform: {
    readonly required_providers?: Readonly<Record<string, { readonly version: string }>>;
    readonly backend: Readonly<Record<string, unknown>>;
  };
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
}

const three = [
  anEnvironment({
    name: "dev",
    zone: aZone({ id: "d".repeat(32), name: "shop.test-dev.io" }),
    hosts: hosts("test-dev.io", "d"),
  }),
  anEnvironment({ name: "staging", zone: aZone({ id: "e".repeat(32), name: "shop.io" }), hosts: hosts("io", "e") }),
  anEnvironment({ name: "production", repositories: [aRepository()] }),
];

/** One host below shop.<top>, of a service of its own. */
function hosts(top: string, digit: string) {
  return { [`app.shop.${top}`]: Origin.render(`srv-${digit.repeat(20)}`, `shop-${digit}.onrender.com`) };
}

/** Leaves out the text of a repository's files, which has snapshots of its own. */
function withoutContents(key: string, value: unknown): unknown {
  return key === "content" && String(value).includes("\n") ? "(rendered)" : value;
}

const shipped = synthesize(environments);

describe("three environments in three zones", () => {
  const { stacks, manifest } = synthesize(three);

  test("are three stacks that wait for none of the others", () => {
    expect(Object.keys(stacks)).toEqual(["dev", "production", "staging"]);
    expect(Object.values(manifest.stacks).map(({ dependencies }) => dependencies)).toEqual([[], [], []]);
  });

  test("have each its own rules, settings, records and secret", () => {
    for (const [name, stack] of Object.entries(stacks)) {
      expect(resourcesOf(stack, "cloudflare_ruleset")).toHaveLength(3);
      expect(resourcesOf(stack, "cloudflare_zone_setting")).toHaveLength(5);
      expect(resourcesOf(stack, "cloudflare_dns_record")).toHaveLength(1);
      expect(Object.keys(stack.variable ?? {})).toEqual([`edge_secret_${name}`]);
    }
  });

  test("ask for GitHub only where repositories are owned", () => {
    const providers = (name: string) => Object.keys((stacks[name] as Stack).provider ?? {});
    expect([providers("dev"), providers("staging"), providers("production")]).toEqual([
      ["cloudflare", "null"],
      ["cloudflare", "null"],
      ["cloudflare", "github", "null"],
    ]);
  });
});

describe("three environments in one zone", () => {
  const { stacks, manifest } = synthesize([aGuest("dev", "shop"), anEnvironment(), aGuest("staging", "shop")]);

  test("have one edge, in the owner's stack, for the hosts and secrets of all", () => {
    expect(resourcesOf(stacks["shop"] as Stack, "cloudflare_dns_record").map(({ name }) => name)).toEqual([
      "app.shop.dev",
      "dev.shop.dev",
      "staging.shop.dev",
    ]);
    expect(Object.keys(stacks["shop"]?.variable ?? {})).toEqual([
      "edge_secret_dev",
      "edge_secret_shop",
      "edge_secret_staging",
    ]);
    expect(Object.keys(stacks["dev"]?.resource ?? {})).toEqual(["null_resource"]);
    expect((stacks["staging"] as Stack).provider).toEqual({ null: [{}] });
  });

  test("deploy the guests after the owner", () => {
    const dependencies = Object.entries(manifest.stacks).map(([name, stack]) => [name, stack.dependencies]);
    expect(Object.fromEntries(dependencies)).toEqual({ dev: ["shop"], shop: [], staging: ["shop"] });
  });

  test("fail when two of them own it", () => {
    const second = anEnvironment({
      name: "store",
      hosts: { "store.shop.dev": Origin.render(`srv-${"f".repeat(20)}`, "store.onrender.com") },
    });
    expect(() => synthesize([anEnvironment(), second])).toThrow(
      /store\/Edge: got a second owner of .* shop\/Edge owns/,
    );
  });
});

describe("a stack", () => {
  const only = (...args: Parameters<typeof synthesize>) => Object.values(synthesize(...args).stacks)[0] as Stack;
  const versions = ({ terraform }: Stack) =>
    Object.fromEntries(
      Object.entries(terraform.required_providers ?? {}).map(([name, { version }]) => [name, version]),
    );
  const withRepositories = [anEnvironment({ repositories: [aRepository()] })];

  test("asks for the default provider versions", () => {
    expect(versions(only(withRepositories))).toEqual(DEFAULT_VERSIONS);
    expect(DEFAULT_VERSIONS).toEqual({ cloudflare: "5.22.0", github: "6.13.0", null: "3.2.4" });
  });

  test("asks for other provider versions on demand, such as those of the bindings", () => {
    expect(versions(only(withRepositories, { versions: BINDINGS_VERSIONS }))).toEqual({
      cloudflare: "5.14.0",
      github: "6.9.0",
      null: "3.2.4",
    });
  });

  test.each(["cloudflare", "github", "null"])("fails for a version of %s that isn't exact", (provider) => {
    const versions = { ...DEFAULT_VERSIONS, [provider]: "~> 5.0" };
    expect(() => only(withRepositories, { versions })).toThrow(
      `versions.${provider}: got "~> 5.0"; allowed: an exact version, such as 5.22.0`,
    );
  });

  test("keeps its state outside the folder that a synth may delete", () => {
    expect(only([anEnvironment()]).terraform.backend).toEqual({
      local: { path: "../../../terraform.shop.tfstate" },
    });
  });

  test("takes any other backend", () => {
    const backend = only([anEnvironment()], {
      backend: (stack) => new HttpBackend(stack, { address: `https://state.example.com/${stack.node.id}` }),
    }).terraform.backend;
    expect(backend).toEqual({ http: { address: "https://state.example.com/shop" } });
  });

  test("holds no credential and gives the providers none", () => {
    expect(only(withRepositories).provider).toEqual({ cloudflare: [{}], github: [{ owner: "acme" }], null: [{}] });
  });

  test("warns for what the environment lowers, with the reason", () => {
    const accept = [Accept.declared("PORTS-2", "the platform team redirects")];
    const { manifest } = synthesize([anEnvironment({ accept, edge: { leave: [EdgePart.REDIRECT] } })]);
    expect(manifest.stacks["shop"]?.annotations).toEqual([
      expect.objectContaining({
        level: "@cdktf/warn",
        message: "shop accepts: PORTS-2 is only declared: the platform team redirects",
      }),
    ]);
  });
});

describe("an environment that still holds example values", () => {
  const { stacks, manifest } = shipped;

  test("synthesizes with one short warning, which counts the values and says where they are listed", () => {
    const annotations = manifest.stacks["production"]?.annotations ?? [];
    const warnings = annotations.filter(({ level }) => level === "@cdktf/warn").map(({ message }) => message);
    const production = Policy.across(environments).find(({ name }) => name === "production");
    expect(production?.exampleValues.length).toBeGreaterThan(10);
    expect(warnings).toEqual([
      `production holds ${String(production?.exampleValues.length)} example values, so it can be synthesized and not ` +
        "applied; npm run -s policy -- doctor production lists them",
    ]);
  });

  test("fails its plan by a precondition that goes through a local", () => {
    const production = stacks["production"] as Stack & { readonly locals: unknown };
    expect(production.locals).toEqual({ example_values: expect.stringContaining("zone.id (1111") as unknown });
    const [guard] = resourcesOf(production, "null_resource").filter(({ lifecycle }) => lifecycle !== undefined);
    expect(guard).toEqual({
      "//": expect.anything() as unknown,
      lifecycle: {
        precondition: [
          {
            condition: '${local.example_values == ""}',
            error_message: expect.stringMatching(/^environment "production" still holds .* Replace them/) as unknown,
          },
        ],
      },
    });
  });

  test("is free of both once the values are replaced", () => {
    const replaced = synthesize([anEnvironment()]);
    expect(replaced.manifest.stacks["shop"]?.annotations).toEqual([]);
    expect(JSON.stringify(replaced.stacks["shop"])).not.toContain("example_values");
  });
});

describe("a synth", () => {
  test("writes the same bytes every time", () => {
    expect(synthesize(environments).files).toEqual(shipped.files);
  });

  test("names no path of the machine that ran it", () => {
    const text = Object.values(shipped.files).join("\n");
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/"\/(?:home|root|tmp|Users|work)\//);
  });

  test("leaves no escaped reference in an expression", () => {
    const stacks = Object.values(shipped.stacks);
    expect(JSON.stringify(stacks, withoutContents)).not.toContain("$${");
  });

  test.each(environments.map(({ name }) => name))("snapshot: the shipped %s", (name) => {
    expect(JSON.stringify(shipped.stacks[name], withoutContents, 2)).toMatchSnapshot();
  });

  test("fails without writing a stack when an environment is malformed", () => {
    expect(() => synthesize([anEnvironment(), { ...aGuest("dev", "shop"), hosts: {} }])).toThrow("dev.hosts");
  });
});
