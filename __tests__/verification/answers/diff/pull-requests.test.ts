import { AddressPlacement } from "../../../../policy/edge-options";
import { EdgePhase } from "../../../../policy/edge-phase";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import type { Environment } from "../../../../policy/environment";
import { Origin } from "../../../../policy/origin";
import { Webhook } from "../../../../policy/webhook";
import { diffReport, exitCodeOf } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import type { Change } from "../../../support/proof-scenes";
import { appOf, PROJECT, rules, SHOP, SMALL_SHOP } from "./apps";
import { readFileSync } from "node:fs";
import { aGuest, anEnvironment } from "../../../support/environments";
import { shownByGithub, strangeIn } from "../../../support/github-markdown";
import { aRepository } from "../../../support/repositories";
import type { App } from "../../../../verification/answers/app";
import { join } from "node:path";

/** The comment as a reviewer of a pull request sees it on GitHub, and the exit code of the command. */
function seen(before: App, after: App) {
  const report = diffReport({ before, after });
  const comment = DIFF_FORMATS.comment(report);
  expect(strangeIn(comment.replace(/```(?:mermaid|yaml)[^]*?```/g, ""))).toEqual([]);
  const { lines } = shownByGithub(comment);
  return {
    ...{ title: lines[0] ?? "", lines, code: exitCodeOf(report) },
    sentences: [...comment.matchAll(/^- (\S+: .*)$/gm)].map(([, sentence = ""]) => sentence.replaceAll("`", "")),
    drawing: /```mermaid\n([^]*?)\n```/.exec(comment)?.[1]?.split("\n"),
    accepted: lines[lines.indexOf("Accepted by the environments") + 1],
  };
}

/** The same of a change of the shop. */
function reviewed(others: Partial<Environment>, change?: Change, base: Partial<Environment> = {}) {
  const shop = { ...SHOP, ...base };
  const { workerEgress, ...rest } = { ...shop, ...others };
  const after = "plan" in others || others === SMALL_SHOP ? rest : { ...rest, ...(workerEgress && { workerEgress }) };
  const first = seen(appOf([shop]), appOf([after], change));
  expect(DOCUMENT).toContain(first.title);
  return first;
}

const DOCUMENT = readFileSync(join(__dirname, "..", "..", "..", "..", "docs", "diff.md"), "utf8");

const PARTNER = {
  ...{ phase: EdgePhase.CUSTOM, ref: "partner", description: "a partner is never stopped" },
  ...{ expression: "ip.src in {192.0.2.0/24}", action: "skip", actionParameters: { ruleset: "current" } },
} as const;

describe("the first line of a pull request says what matters, and a sentence each what else changes:", () => {
  test("a refactoring changes no behaviour", () => {
    expect(reviewed({ edge: { addresses: AddressPlacement.LIST } })).toMatchObject({
      title: "NO CHANGE in behaviour: proven for every request and connection",
      code: 0,
      sentences: ["shop: addresses are written as list instead of inline"],
    });
  });

  test("a wider address promises less", () => {
    expect(
      reviewed({ egress: EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10", "203.0.113.11", "203.0.113.12"]) }),
    ).toMatchObject({
      title: "POLICY WEAKENED in shop: its egress has 203.0.113.12 more",
      code: 1,
      sentences: [
        "shop: its egress has 203.0.113.12 more",
        `shop: 203.0.113.12 may connect to Postgres of ${PROJECT} (5432, 6543)`,
        expect.stringMatching(/^shop: the set egs-c0ffee: checked to be /) as string,
      ],
    });
  });

  test("a new webhook closes a path to anyone but its sender", () => {
    const webhooks = [...(SHOP.webhooks ?? []), Webhook.meta("/hooks/leads")];
    expect(reviewed({ webhooks })).toMatchObject({
      title: "CLOSED in shop: anyone but meta is blocked on 443 for paths containing /hooks/leads (with exceptions)",
      code: 0,
      sentences: expect.arrayContaining(["shop: it guards /hooks/leads for meta"]) as string[],
    });
  });

  test("a new host opens a way to an origin", () => {
    const hosts = { ...SHOP.hosts, "new.shop.dev": Origin.render("srv-a0ffee0c0ffee0c0ffee", "new.onrender.com") };
    expect(reviewed({ hosts })).toMatchObject({
      title:
        "OPENED in shop: new.shop.dev becomes public on 443, except paths containing /hooks/billing or containing /webhooks/meta, " +
        "and leads to new.onrender.com",
      code: 1,
      drawing: [
        "flowchart LR",
        '  from0["anyone"] == "opened" ==> to1["new.shop.dev on 443, except paths containing /hooks/billing or containing /webhooks/meta"]',
        '  from2["meta"] == "opened" ==> to3["new.shop.dev on 443, except paths containing /hooks/billing"]',
        '  from4["billing"] == "opened" ==> to5["new.shop.dev on 443, except paths containing /webhooks/meta"]',
      ],
    });
  });

  test("a rule that comes before the guards opens what they close", () => {
    const first = rules(EdgePhase.CUSTOM, (all) => [...all.slice(-1), ...all.slice(0, -1)]);
    const edge = { otherRules: [PARTNER] };
    const { lines, sentences, ...seenFirst } = reviewed({}, first, { edge });
    expect(seenFirst).toMatchObject({
      title: "NOT PROVEN in shop: PORTS-1 is violated: Only 443 and 80 are open to the public.",
      code: 1,
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^curl .* # from 192\.0\.2\.\d+$/),
        "reaches the origin",
        expect.stringMatching(/^change: /),
      ]),
    );
    expect(sentences).toContain(
      "shop: 192.0.2.0/24 reaches everything on any port but 443 and 80, and was blocked before",
    );
  });

  test("a method that is blocked is closed to anyone", () => {
    const block = { ref: "no_delete", description: "", expression: 'http.request.method eq "DELETE"', action: "block" };
    const first = rules(EdgePhase.CUSTOM, (all) => [block, ...all]);
    expect(reviewed({}, first, { webhooks: [Webhook.meta("/webhooks/meta")] })).toMatchObject({
      title: "CLOSED in shop: anyone is blocked on 443 for DELETE requests, except paths containing /webhooks/meta",
      code: 0,
    });
  });

  test("a smaller plan lowers what it can't hold", () => {
    expect(reviewed(SMALL_SHOP)).toMatchObject({
      title: "POLICY WEAKENED in shop: WORK-2 is only declared: the Gateway needs a plan that costs more than it saves",
      code: 1,
      accepted: "shop WORK-2 is only declared; reason: the Gateway needs a plan that costs more than it saves",
    });
  });

  test("a partner's skip, by which a challenge disappears", () => {
    const challenge = {
      ...{ ref: "bots", description: "", action: "managed_challenge" },
      expression: 'starts_with(http.request.uri.path, "/login")',
    };
    const skip = {
      ...{ ref: "partner", expression: "ip.src in {192.0.2.0/24}", action: "skip" },
      action_parameters: { ruleset: "current" },
    };
    const before = appOf(
      [SHOP],
      rules(EdgePhase.CUSTOM, (all) => [...all, challenge]),
    );
    const after = appOf(
      [SHOP],
      rules(EdgePhase.CUSTOM, (all) => [...all, skip, challenge]),
    );
    expect(seen(before, after)).toMatchObject({
      title:
        "WEAKENED in shop: 192.0.2.0/24 no longer meets the challenge (managed_challenge) on 443 " +
        "for paths beginning with /login (with exceptions)",
      code: 1,
    });
    expect(seen(after, before)).toMatchObject({
      title: expect.stringMatching(/^STRENGTHENED in shop: 192\.0\.2\.0\/24 meets the challenge/) as string,
      code: 0,
    });
  });

  test("a dropped guard that a guest still needs", () => {
    const webhooks = [Webhook.meta("/webhooks/meta")];
    const { webhooks: _, ...bare } = anEnvironment({ webhooks });
    const guest = { ...aGuest("lab", "shop"), webhooks };
    const { lines, ...seenFirst } = seen(appOf([anEnvironment({ webhooks }), guest]), appOf([bare, guest]));
    expect(seenFirst).toMatchObject({ title: "POLICY WEAKENED in shop: it no longer guards /webhooks/meta", code: 1 });
    expect(lines[1]).toBe(
      "UNCHANGED AT THE EDGE: lab still needs the rule that guards /webhooks/meta in the whole zone",
    );
  });

  test("a header that the origin gets otherwise", () => {
    const rewrite = {
      ...{ ref: "hello", expression: "ip.src in {192.0.2.0/24}", action: "rewrite" },
      action_parameters: { headers: { "x-hello": { operation: "set", value: "world" } } },
    };
    const after = appOf(
      [SHOP],
      rules("http_request_late_transform", (all) => [...all, rewrite]),
    );
    expect(seen(appOf(), after).title).toMatch(
      /^CHANGED in shop: the origin gets another x-hello on .* for everything.*, from 192\.0\.2\.0\/24$/,
    );
  });

  test("a scan made monthly", () => {
    const shop = [{ ...SHOP, repositories: [aRepository()] }];
    const monthly: Change = (folder) => {
      const { github_repository_file: files = {} } = folder.stacks["shop"]?.json["resource"] as Record<
        string,
        Record<string, { content: string }>
      >;
      for (const [name, file] of Object.entries(files)) {
        if (name.includes("snykyml"))
          file.content = file.content.replace(/cron: "\d+ (\d+) \* \* \d"/, 'cron: "5 $1 1 * *"');
      }
    };
    const { lines, sentences, ...seenFirst } = seen(appOf(shop), appOf(shop, monthly));
    expect(seenFirst).toMatchObject({
      title: expect.stringMatching(/^NOT PROVEN in shop: .* is undecided: /) as string,
      code: 2,
    });
    expect(sentences).toContain("shop: what .github/workflows/snyk.yml of acme/api says: something → something else");
    expect(lines.join("\n")).toMatch(/SCAN-4: A scheduled scan every week\./);
    expect(lines.join("\n")).toMatch(/snyk\.yml: no line says its minute as a known text does/);
  });
});

test("every comment has the verdict as its first line, and folds what stands below a sentence", () => {
  const comment = DIFF_FORMATS.comment(diffReport({ before: appOf(), after: appOf([{ ...SHOP, webhooks: [] }]) }));
  const { structure } = shownByGithub(comment);
  expect(structure.slice(0, 4)).toEqual(["<p>", "<strong>", "</strong>", "</p>"]);
  expect(structure.filter((tag) => tag === "<details>").length).toBeGreaterThan(1);
  expect(structure.filter((tag) => tag === "</details>").length).toBe(
    structure.filter((tag) => tag === "<details>").length,
  );
});
