import { createHash } from "node:crypto";
import type * as nodeFs from "node:fs";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { Ruleset } from "@cdktf/provider-cloudflare/lib/ruleset";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import {
  Annotations,
  App,
  Aspects,
  TerraformElement,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import { EdgeFirewall, WebServiceIngress } from "../../constructs";
import { InvalidInput } from "../../errors/invalid-input";
import { gate as gateItself, NotProven } from "../../gate/gate";
import { Accept } from "../../policy/accept";
import { Origin } from "../../policy/origin";
import { Policy } from "../../policy/policy";
import { composeStacks } from "../../stacks/compose-stacks";
import { resultsOf } from "../../verification/statements/results";
import { readOutputFolder } from "../../verification/terraform/folder";
import { readOutput } from "../../verification/terraform/output";
import { unprovenFiles } from "../../verification/terraform/unproven";
import { aGuest, anEnvironment, aZone } from "../support/environments";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gate-"));
  folders.push(folder);
  return folder;
}

/** Every file of a folder by its path. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

/** The files that could be deployed, or taken for proven. */
const deployableIn = (folder: string) =>
  filesIn(folder).filter((path) =>
    /(^|\/)(manifest\.json|policy\.json|proof\.json|[^/]*\.tf|[^/]*\.tf\.json)$/.test(path),
  );

const readJson = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), "utf8"));

/** The app of one environment, changed after its composition. */
function anApp(outdir: string, change: (app: App) => void = () => undefined, environments = [anEnvironment()]) {
  const app = new App({ outdir, stackTraces: false });
  const policies = composeStacks(app, environments);
  change(app);
  return { app, policies };
}

/** The gate, without a line to the terminal of the tests. */
const gate = (app: App, policies: readonly Policy[]) => gateItself(app, policies, { terminal: SILENT });
const SILENT = { write: () => undefined, tell: () => undefined };

const gated = (...args: Parameters<typeof anApp>) => {
  const { app, policies } = anApp(...args);
  return gate(app, policies);
};

/** The first resource of a type. */
function resourceIn(app: App, type: string, part = ""): TerraformResource {
  const found = app.node
    .findAll()
    .find(
      (each) =>
        TerraformResource.isTerraformResource(each) &&
        each.terraformResourceType === type &&
        each.node.path.includes(part),
    );
  return found as TerraformResource;
}

const weakened = (app: App) => {
  resourceIn(app, "cloudflare_zone_setting", "-ssl/").addOverride("value", "flexible");
};
const opaque = (app: App) => {
  resourceIn(app, "cloudflare_zone_setting", "-ssl/").addOverride("value", "${var.ssl}");
};

/** Fills a folder with the files of an earlier synth, and with those that Terraform keeps there. */
function withLeftovers(folder: string): string {
  const files = [
    ...["manifest.json", "policy.json", "proof.json", "manifest.json.new"],
    ...["cdk.tf.json", "cdk.tf", "metadata.json", "cdk.tf.json.new"].map((name) => `stacks/old/${name}`),
    ...[
      "assets/A/1/x.mjs",
      "assets.new/A/1/x.mjs",
      ".terraform/providers/p",
      ".terraform.lock.hcl",
      "terraform.tfstate",
    ].map((name) => `stacks/old/${name}`),
    ...["stacks/shop/cdk.tf.json", "stacks/shop/.terraform.lock.hcl", "stacks/.DS_Store", "notes.txt"],
  ];
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "{}");
  }
  return folder;
}

const KEPT = [
  ...["notes.txt", "stacks/.DS_Store", "stacks/old/.terraform.lock.hcl", "stacks/old/.terraform/providers/p"],
  ...["stacks/old/terraform.tfstate", "stacks/shop/.terraform.lock.hcl"],
];

const thrownBy = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("it passed");
};

describe("an app that isn't proven", () => {
  test("is kept in the one file that is asked for, which can be read, and in nothing that could be deployed", () => {
    const outdir = aFolder();
    const unproven = join(aFolder(), "new", "unproven.json");
    const keep = (change: (app: App) => void) => {
      const { app, policies } = anApp(outdir, change);
      return () => gateItself(app, policies, { terminal: SILENT, unproven });
    };
    const refused = thrownBy(keep(weakened)) as NotProven;
    expect(deployableIn(outdir)).toEqual([]);
    const { model, policies } = readOutput(unprovenFiles(unproven));
    expect(resultsOf(model, policies)).toEqual(refused.report.results);
    keep(() => undefined)();
    expect(existsSync(unproven)).toBe(false);
  });

  test("is left nowhere unless somebody asks for it", () => {
    const outdir = aFolder();
    thrownBy(() => gated(outdir, weakened));
    expect(filesIn(outdir)).toEqual([]);
  });

  test.each([
    ["{}", /format: got nothing/],
    ['{ "format": 1, "files": { "a": 1 } }', /files.a: got 1; allowed: the text of a file/],
    ["{", /the file: got/],
  ])("is refused where its file says %j", (text, message) => {
    const path = join(aFolder(), "unproven.json");
    writeFileSync(path, text);
    expect(() => unprovenFiles(path)).toThrow(message);
    expect(() => unprovenFiles(join(path, "none"))).toThrow(InvalidInput);
  });
});

describe("a synth that is proven", () => {
  const folder = withLeftovers(aFolder());
  const report = gated(folder);

  test("returns what was proven", () => {
    expect(report.results.length).toBeGreaterThan(5);
    expect(report.results.every(({ passes }) => passes)).toBe(true);
  });

  test("leaves what it wrote and what Terraform keeps, and nothing of an earlier synth", () => {
    const written = filesIn(folder).filter((path) => !path.startsWith("stacks/shop/assets/"));
    expect(written).toEqual(
      [...KEPT, ...["manifest.json", "policy.json", "proof.json", "stacks/shop/cdk.tf.json"]].sort(),
    );
  });

  test("writes the hash of every file that is deployed", () => {
    const { files } = readJson(folder, "proof.json") as { readonly files: Readonly<Record<string, string>> };
    const own = filesIn(folder).filter((path) => path !== "proof.json" && !KEPT.includes(path));
    const hashes = own.map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex"),
    ]);
    expect(files).toEqual(Object.fromEntries(hashes));
  });

  test("can be judged again from its folder alone, where nothing else was added", () => {
    const fresh = aFolder();
    gated(fresh);
    expect(readOutputFolder(fresh).changed).toEqual([]);
    expect(readJson(fresh, "policy.json")).toMatchObject({ format: 1, environments: [{ name: "shop" }] });
    expect(readJson(fresh, "proof.json")).toMatchObject({
      format: 1,
      results: report.results.map(({ statement }) => ({ statement })),
    });
  });

  test("leaves the same bytes each time, and in the folder that the app names", () => {
    const { app, policies } = anApp(aFolder());
    const { outdir } = app;
    gate(app, policies);
    const first = filesIn(outdir).map((path) => [path, readFileSync(join(outdir, path), "utf8")]);
    expect(app.outdir).toBe(outdir);
    gate(app, policies);
    expect(filesIn(outdir).map((path) => [path, readFileSync(join(outdir, path), "utf8")])).toEqual(first);
  });

  test("takes the place of a folder of the app's own that an earlier one left", () => {
    const outdir = aFolder();
    const writing = (name: string) => (app: App) => {
      const visit = () => {
        mkdirSync(join(app.outdir, "stacks/shop/own"), { recursive: true });
        writeFileSync(join(app.outdir, "stacks/shop/own", name), "");
      };
      Aspects.of(app.node.findChild("shop")).add({ visit });
    };
    gated(outdir, writing("first"));
    gated(outdir, writing("second"));
    expect(readdirSync(join(outdir, "stacks/shop/own"))).toEqual(["second"]);
  });
});

describe("a proven synth on another file system than that of temporary files", () => {
  const fs = jest.requireActual<typeof nodeFs>("node:fs");
  const { renameSync } = fs;
  const crossing = (from: nodeFs.PathLike, to: nodeFs.PathLike) =>
    String(from).includes("unproven-") !== String(to).includes("unproven-");

  afterEach(() => jest.restoreAllMocks());

  test("is copied beside its place first, so each file is there whole or not at all", () => {
    const [here, there] = [aFolder(), withLeftovers(aFolder())];
    gated(here);
    const renamed: string[] = [];
    jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (crossing(from, to)) throw Object.assign(new Error("cross-device link not permitted"), { code: "EXDEV" });
      renamed.push(String(from).slice(there.length + 1));
      renameSync(from, to);
    });
    gated(there);
    expect(renamed.slice(-3)).toEqual(["stacks/shop/cdk.tf.json.new", "proof.json.new", "manifest.json.new"]);
    expect(filesIn(there).filter((path) => !KEPT.includes(path))).toEqual(filesIn(here));
  });
});

describe("nothing that could be deployed is left, of this synth or of an earlier one, where", () => {
  const hcl = (app: App) => {
    Object.assign(app, { hclOutput: true });
  };
  const withError = (app: App) => {
    Annotations.of(resourceIn(app, "cloudflare_ruleset")).addError("it is odd");
  };
  const throwing = (app: App) => {
    Aspects.of(app.node.findChild("shop")).add({
      visit: (node) => {
        if (TerraformElement.isTerraformElement(node) && node instanceof Ruleset) throw new TypeError("boom");
      },
    });
  };
  const invalid = (app: App) => {
    resourceIn(app, "cloudflare_dns_record").node.addValidation({ validate: () => ["it is invalid", "it is odd"] });
  };

  test.each<[string, (app: App) => void, unknown]>([
    ["a statement is violated", weakened, { name: "NotProven", exitCode: 1 }],
    ["a statement is undecided", opaque, { name: "NotProven", exitCode: 2 }],
    ["a construct throws", throwing, { name: "TypeError", message: "boom" }],
    ["a construct has an error", withError, { name: "InvalidInput" }],
    ["a construct is invalid", invalid, { name: "InvalidInput" }],
    ["the app writes HCL", hcl, { name: "InvalidInput" }],
  ])("%s", (_what, change, expected) => {
    const folder = withLeftovers(aFolder());
    expect(thrownBy(() => gated(folder, change))).toMatchObject(expected as object);
    expect(deployableIn(folder)).toEqual([]);
    expect(filesIn(folder)).toEqual(KEPT);
  });

  test("a policy has no stack in the app", () => {
    const folder = withLeftovers(aFolder());
    const { app } = anApp(folder);
    const policies = Policy.across([
      anEnvironment(),
      {
        ...anEnvironment({ hosts: { "app.other.dev": Origin.render("srv-0123456789abcdef", "other.onrender.com") } }),
        name: "other",
        zone: aZone({ id: "0".repeat(32), name: "other.dev" }),
      },
    ]);
    expect(thrownBy(() => gate(app, policies))).toMatchObject({
      name: "InvalidInput",
      problems: [{ at: "other", got: "no stack of this name", allowed: "the name of a stack: shop" }],
    });
    expect(deployableIn(folder)).toEqual([]);
  });

  test("a move breaks off half-way", () => {
    const fs = jest.requireActual<typeof nodeFs>("node:fs");
    const { renameSync } = fs;
    const folder = withLeftovers(aFolder());
    jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (String(to).endsWith("proof.json")) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
      renameSync(from, to);
    });
    expect(() => gated(folder)).toThrow("no space left");
    jest.restoreAllMocks();
    expect(filesIn(folder)).toEqual(KEPT);
  });

  test("an error is one that the CLI would print itself", () => {
    process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
    try {
      const folder = withLeftovers(aFolder());
      expect(thrownBy(() => gated(folder, withError))).toBeInstanceOf(InvalidInput);
      expect(deployableIn(folder)).toEqual([]);
    } finally {
      delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
    }
  });

  test("and nothing is left aside", () => {
    const folder = aFolder();
    const made = jest.spyOn(jest.requireActual<typeof nodeFs>("node:fs"), "mkdtempSync");
    expect(() => gated(folder, weakened)).toThrow(NotProven);
    const aside = made.mock.results.map(({ value }) => String(value));
    jest.restoreAllMocks();
    expect(aside.map((each) => existsSync(each))).toEqual([false]);
  });
});

describe("a folder in which Terraform would read what no synth wrote is refused by name, and stays as it was, where there", () => {
  const beside = [
    "evil.tf",
    "override.tf.json",
    "x.tofu",
    "terraform.tfvars",
    ".auto.tfvars.json",
    "terraform.d/plugins/p",
  ];

  test.each(beside)("is %s beside a stack, of this app or of an earlier one", (name) => {
    for (const stack of ["shop", "old"]) {
      const folder = withLeftovers(aFolder());
      mkdirSync(dirname(join(folder, "stacks", stack, name)), { recursive: true });
      writeFileSync(join(folder, "stacks", stack, name), "a user's own");
      const before = filesIn(folder);
      const { name: kind, problems } = thrownBy(() => gated(folder)) as InvalidInput;
      expect([kind, problems.map(({ at }) => at)]).toEqual(["InvalidInput", [`stacks/${stack}/${name}`]]);
      expect(filesIn(folder)).toEqual(before);
      expect(readFileSync(join(folder, "stacks", stack, name), "utf8")).toBe("a user's own");
    }
  });

  test("is a stack that is a link, since what it leads to isn't the output's own", () => {
    const [folder, other] = [withLeftovers(aFolder()), aFolder()];
    writeFileSync(join(other, "cdk.tf.json"), "a user's own");
    symlinkSync(other, join(folder, "stacks/linked"));
    const { problems } = thrownBy(() => gated(folder)) as InvalidInput;
    expect(problems.map(({ at, got }) => [at, got])).toEqual([["stacks/linked", "a symbolic link"]]);
    expect(readdirSync(join(folder, "stacks/old"))).toContain("cdk.tf.json");
    expect(readdirSync(other)).toEqual(["cdk.tf.json"]);
  });
});

describe("what a synth says", () => {
  /** The lines that a gated app writes and tells. */
  function said(environments = [anEnvironment()], warnings: readonly string[] = []) {
    const [written, told] = [[] as string[], [] as string[]];
    const terminal = { write: (line: string) => written.push(line), tell: (line: string) => told.push(line) };
    const { app, policies } = anApp(aFolder(), undefined, environments);
    gateItself(app, policies, { warnings, terminal });
    return { written, told, outdir: app.outdir };
  }
  const lowering = anEnvironment({ accept: [Accept.declared("PORTS-2", "the platform team redirects")] });

  test("is one line with the hash of its proof.json", () => {
    const { written, told, outdir } = said();
    const hash = createHash("sha256")
      .update(readFileSync(join(outdir, "proof.json")))
      .digest("hex");
    expect(told).toEqual([]);
    expect(written).toEqual([expect.stringMatching(`^\\d+ statements proven \\(.*[.] proof sha256 ${hash}$`)]);
  });

  test("has the app's warnings and those of its constructs beside it, a line each", () => {
    const { written, told } = said([lowering], ["meta: too old"]);
    expect(written).toEqual([expect.stringContaining("1 accepted as declared: shop PORTS-2")]);
    expect(told).toEqual([
      "meta: too old",
      expect.stringMatching(/^WARN \[shop\]: shop accepts: PORTS-2 is only declared: .*redirects$/),
    ]);
  });

  test("is told to cdktf's CLI so that nothing is printed twice, or taken for an error", () => {
    process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
    try {
      const { written, told } = said([lowering], ["meta: too old"]);
      expect(told).toEqual([]);
      expect(written).toEqual(["meta: too old", expect.stringContaining("statements proven")]);
    } finally {
      delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
    }
  });

  test("is printed to the terminal of the process where no other is named", () => {
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    const { app, policies } = anApp(aFolder());
    gateItself(app, policies);
    const printed = write.mock.calls.map(([text]) => String(text));
    jest.restoreAllMocks();
    expect(printed).toEqual([expect.stringMatching(/^\d+ statements proven .*\n$/)]);
  });
});

describe("what is refused is said:", () => {
  test("what is violated first, with the counterexample and its place, and nothing that holds", () => {
    const { message, report } = thrownBy(() => gated(aFolder(), weakened)) as NotProven;
    expect(report.results.some(({ passes }) => passes)).toBe(true);
    expect(message).not.toMatch(/^Proven/m);
    expect(message).toMatch(/^1 violated, .*\n\nViolated\n {2}shop PORTS-1: /);
    expect(message).toContain("by cloudflare_zone_setting.Edge_Setting-ssl");
    expect(message).toContain("shop/Edge/Setting-ssl/Resource");
  });

  test("each construct with an error, or that is invalid, by its path", () => {
    const both = (app: App) => {
      Annotations.of(resourceIn(app, "cloudflare_ruleset")).addError("it is odd");
      Annotations.of(resourceIn(app, "cloudflare_dns_record")).addError("it is odd too");
    };
    const { problems } = thrownBy(() => gated(aFolder(), both)) as InvalidInput;
    expect(problems.map(({ at, got }) => [at, got])).toEqual([
      [expect.stringMatching(/^shop\/Edge\/Rules-/) as string, "it is odd"],
      [expect.stringMatching(/^shop\/Edge\//) as string, "it is odd too"],
    ]);
    const invalid = (app: App) => {
      const [stack] = app.node.children;
      stack?.node.addValidation({ validate: () => ["it is invalid", "it is odd"] });
    };
    const { message } = thrownBy(() => gated(aFolder(), invalid)) as InvalidInput;
    expect(message.split("\n")).toEqual([
      "the synth has 2 problems:",
      "  - shop: got it is invalid; allowed: constructs that are valid",
      "  - shop: got it is odd; allowed: constructs that are valid",
    ]);
  });
});

describe("ids that only the apply knows", () => {
  /** An app as another repository composes it, with its ids as variables. */
  function withVariables(outdir: string, change: (stack: TerraformStack) => void = () => undefined) {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, "shop");
    const id = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    new CloudflareProvider(stack, "cloudflare");
    new NullProvider(stack, "null");
    const policy = Policy.of("shop", {
      ...anEnvironment(),
      zone: aZone({ id: id("zone_id"), account: id("account_id") }),
      hosts: { "app.shop.dev": Origin.render(id("service_id"), "shop.onrender.com") },
    });
    const edge = new EdgeFirewall(stack, "Edge", policy.edge);
    new WebServiceIngress(stack, "Ingress", { ...policy.ingress, after: edge.records });
    change(stack);
    return gate(app, [policy]);
  }

  test("are proven too, and written as the JSON writes them", () => {
    const folder = aFolder();
    const { results } = withVariables(folder);
    expect(results.filter(({ verdict }) => verdict === "proven").map(({ statement }) => statement)).toEqual(
      expect.arrayContaining(["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"]),
    );
    expect(readJson(folder, "policy.json")).toMatchObject({ environments: [{ zone: { id: "${var.zone_id}" } }] });
    expect(readOutputFolder(folder).changed).toEqual([]);
  });

  test("are no way past the proof", () => {
    const weak = (stack: TerraformStack) => {
      weakened(stack.node.root as App);
    };
    expect(() => withVariables(aFolder(), weak)).toThrow(NotProven);
  });
});

test("environments that share a zone are proven together, in their order", () => {
  const folder = aFolder();
  const { results } = gated(folder, undefined, [anEnvironment(), aGuest("beta", "shop")]);
  expect(results.every(({ passes }) => passes)).toBe(true);
  expect([...new Set(results.map(({ environment }) => environment))]).toEqual(["shop", "beta"]);
  expect(existsSync(join(folder, "stacks/beta/cdk.tf.json"))).toBe(true);
});
