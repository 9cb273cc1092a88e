import {
  BRANCH,
  canonicalPlace,
  CLOUDFLARE_ID,
  DNS_NAME,
  FILE_PATH,
  FULL_NAME,
  type Kind,
  mayBeSame,
  OWNER,
  PLATFORM_ID,
  relationOf,
  REPOSITORY,
  SECRET_NAME,
  ZONE_SETTING,
} from "../../../verification/terraform/identity";
import { Opaque } from "../../../verification/terraform/value";

const ID = "0123456789abcdef0123456789abcdef";

/** Spellings by which URLs lead to the thing of a plain name, or to something above or below it. */
const around = (name: string): readonly string[] => [
  ...["./", "/", "x/../", "../", " ", "%2E/", "\\"].map((before) => `${before}${name}`),
  ...["/", "/.", "//", "#", "#x", "?", "?x=1", "%00", "%2F", " ", "\n", ";x", ":x", "\u200B", "${x}"].map(
    (after) => `${name}${after}`,
  ),
  ...[`%${name.charCodeAt(0).toString(16)}${name.slice(1)}`, `${name.slice(0, -1)}\uFF41`, "", ".", ".."],
];

interface Spellings {
  readonly of: Kind;
  readonly plain: string;
  /** The same thing. */
  readonly same: readonly string[];
  /** Certainly other things. */
  readonly others: readonly string[];
  /** The texts that may name any thing of this kind, beside those that may name any of every kind. */
  readonly open: readonly string[];
}

const KINDS: Readonly<Record<string, Spellings>> = {
  "a Cloudflare id": {
    ...{ of: CLOUDFLARE_ID, plain: ID, same: [], others: ["f".repeat(32)] },
    open: [ID.toUpperCase(), ID.slice(1), `${ID}0`, "1.1e+31", "zone"],
  },
  "a setting of a zone": {
    ...{ of: ZONE_SETTING, plain: "ssl", same: [], others: ["0rtt", "min_tls_version"], open: ["SSL", "Ssl", "s-sl"] },
  },
  "an id of Render or Supabase": {
    ...{ of: PLATFORM_ID, plain: "srv-abc", same: [], others: ["srv-abd", "abcdefghijklmnopqrst"], open: ["SRV-abc"] },
  },
  "a name of DNS": {
    ...{ of: DNS_NAME, plain: "app.example.com", same: ["APP.example.com", "app.example.com."] },
    ...{ others: ["*.example.com", "_dmarc.example.com", "*"], open: ["app.example.com..", "app..example.com", "@"] },
  },
  "an owner": {
    ...{ of: OWNER, plain: "example", same: ["Example"], others: ["example-2", "example_corp"], open: ["example.com"] },
  },
  "a repository": {
    ...{ of: REPOSITORY, plain: "api", same: ["API", "Api"], others: ["api2", "api.io", ".github", "a_p-i"] },
    open: ["api.git", "api.GIT", "example/api", "https://github.com/example/api"],
  },
  "a repository by its full name": {
    ...{ of: FULL_NAME, plain: "example/api", same: ["Example/API"], others: ["other/api", "example/api2"] },
    open: ["api", "example/api.git", "example/api/x", "github.com/example/api", "example/.."],
  },
  "a branch": {
    ...{ of: BRANCH, plain: "main", same: [], others: ["Main", "release/1.0", "feature-x_y"] },
    open: ["refs/heads/main", "heads/main", "tags/v1", "HEAD", "main/../main", "a..b", "main."],
  },
  "a file": {
    ...{ of: FILE_PATH, plain: ".github/workflows/snyk.yml", same: [] },
    others: [".GITHUB/workflows/snyk.yml", ".snyk", "docs/a@b+c (1)=~[x].md".replace(" ", ""), "..x/.y"],
    open: [".github//workflows/snyk.yml", ".github/./workflows/snyk.yml", ".github/workflows/snyk%2Eyml"],
  },
  "a secret": {
    ...{ of: SECRET_NAME, plain: "SNYK_TOKEN", same: ["snyk_token", "Snyk_Token"], others: ["SNYK_TOKEN2", "_X"] },
    open: ["1X", "SNYK-TOKEN"],
  },
};

describe.each(Object.entries(KINDS))("%s", (_what, { of, plain, same, others, open }) => {
  test("is the same in the letter case that its platform folds", () => {
    for (const text of [plain, ...same]) expect([text, relationOf(of, text, plain)]).toEqual([text, "same"]);
  });

  test("is another where both are plain and differ", () => {
    for (const text of others) expect([text, relationOf(of, text, plain)]).toEqual([text, "another"]);
  });

  test("may be any in every other spelling", () => {
    for (const text of [...around(plain), ...open].filter((each) => each !== `${plain}.`)) {
      expect([text, relationOf(of, text, plain), relationOf(of, plain, text)]).toEqual([text, "unknown", "unknown"]);
      expect(mayBeSame(of, text, plain)).toBe(true);
    }
  });

  test("may be any where the apply alone knows it, or it is no text", () => {
    for (const value of [new Opaque("${var.x}"), new Opaque(`${plain}x`), undefined, null, [plain], { a: plain }, 1e40])
      expect(relationOf(of, value, plain)).toBe("unknown");
  });

  test("is the same by the same reference", () => {
    expect(relationOf(of, new Opaque("${var.x}"), "${var.x}")).toBe("same");
  });
});

const guard = { ref: "guard", action: "block" };
const jsonWith = (...rules: readonly object[]) => ({
  resource: { cloudflare_ruleset: { custom: { rules } }, cloudflare_list: { office: { items: ["a/b", "c"] } } },
  provider: { cloudflare: [{ alias: "eu" }] },
});

describe("a place by names", () => {
  test("has a rule by its ref, wherever it stands among the others", () => {
    const place = ["cloudflare_ruleset.custom", "rules", "guard", "action"];
    expect(canonicalPlace(jsonWith(guard), "/resource/cloudflare_ruleset/custom/rules/0/action")).toEqual(place);
    const others = jsonWith({ ref: "other" }, guard, { ref: "last" });
    expect(canonicalPlace(others, "/resource/cloudflare_ruleset/custom/rules/1/action")).toEqual(place);
  });

  test("has a rule without a ref by what it holds", () => {
    const [bare, other] = [{ action: "block" }, { action: "skip" }];
    const at = (rules: readonly object[], index: number) =>
      canonicalPlace(jsonWith(...rules), `/resource/cloudflare_ruleset/custom/rules/${index}`).join(" ");
    expect(at([bare, other], 1)).toBe(at([other], 0));
    expect(at([bare, other], 0)).not.toBe(at([bare, other], 1));
  });

  test("tells elements of the same name apart", () => {
    const twice = jsonWith(guard, guard);
    expect(canonicalPlace(twice, "/resource/cloudflare_ruleset/custom/rules/1").at(-1)).toBe("guard (2)");
  });

  test("has a resource by its address", () => {
    expect(canonicalPlace(jsonWith(), "/resource/cloudflare_list/office/items/0")).toEqual([
      ...["cloudflare_list.office", "items", "a/b"],
    ]);
  });

  test("has whatever else by its names, and nothing for the whole stack", () => {
    expect(canonicalPlace({ data: { "a/b~c": { x: 1 } } }, "/data/a~1b~0c/x")).toEqual(["data", "a/b~c", "x"]);
    expect(canonicalPlace(jsonWith(), "/resource/no/such/thing")).toEqual(["no.such", "thing"]);
    expect(canonicalPlace(undefined, "")).toEqual([]);
  });
});
