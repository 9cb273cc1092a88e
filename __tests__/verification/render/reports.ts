import { type StatementId, Strength } from "../../../policy/statements";
import type { Report } from "../../../verification/answers/verify";
import { type Control, NOT_APPLICABLE, proven, type Result, undecidedBy, violated } from "../../../verification/result";
import { type StatementResult, resultFor, type ResultSubject } from "../../../verification/statements/results";

/** A thing of the JSON, with a path where a construct wrote it. */
const control = (name: string, path?: string): Control => ({
  ...{ name, stack: "shop", pointer: `/resource/cloudflare_ruleset/${name}/rules/0` },
  ...(path === undefined ? {} : { path }),
});

export function result(
  statement: StatementId,
  conclusion: Result,
  others: Partial<ResultSubject> = {},
): StatementResult {
  return resultFor({ environment: "shop", statement, ...others }, conclusion);
}

export const VIOLATED = violated({
  counterexample: [
    "curl -i https://app.shop.dev/x # from 192.0.2.1",
    "curl -i https://app.shop.dev/x # from 2001:db8::1",
  ],
  wrong: "reaches the origin",
  by: control("guard", "shop/Edge/Rules"),
  change: "block it",
});
export const UNDECIDED = undecidedBy(
  [
    {
      reason: "what a cloudflare_page_rule does isn't modelled",
      ...{ question: "type", place: { stack: "shop", pointer: "/resource/a~1b" } },
    },
    { reason: "what a Worker does isn't modelled", question: "type" },
  ],
  ["curl -i https://app.shop.dev/y # from 192.0.2.1"],
);
export const PROVEN = proven(Strength.ASSERTED, [control("late")], {
  ...{ classes: 12, rules: 3, notes: ["rule bots may stop some of these requests: managed_challenge"] },
  assumptions: ["the ranges that the environment declares are those of pay alone"],
  accepted: [{ what: "db admits wide blocks", reason: "the region's ranges are wide" }],
});

/** A proof that leaves one question aside. */
export const ACCEPTED: Result = {
  ...NOT_APPLICABLE,
  ...{ controls: PROVEN.controls, assumptions: PROVEN.assumptions },
  verdict: "accepted",
  accepted: [
    {
      what: "docs is published past the edge",
      reason: "the vendor of the documents serves it",
      unknown: {
        ...{ reason: "docs is published past the edge", question: "target", acceptable: true },
        place: { stack: "shop", pointer: "/resource/cloudflare_dns_record/docs" },
        thing: { stack: "shop", address: "cloudflare_dns_record.docs", digest: "0123456789abcdef" },
      },
    },
  ],
};

/** A report in which everything happens that can. */
export const EVERYTHING: Report = {
  results: [
    result("PORTS-1", VIOLATED),
    result("HOOK-1", { ...VIOLATED, counterexample: [], controls: [] }),
    result("PORTS-2", UNDECIDED),
    result("WEB-1", PROVEN),
    result("DB-1", NOT_APPLICABLE),
    result("WORK-2", UNDECIDED, { lowered: "there is no Gateway here" }),
  ],
  outside: [{ type: "aws_vpc", count: 2 }],
  changed: ["stacks/shop/cdk.tf.json"],
};

/** The same without anything that is open. */
export const ALL_WELL: Report = { results: [result("WEB-1", { ...PROVEN, accepted: [] })], outside: [], changed: [] };

/** Texts that a terminal, a page or a shell would obey, in every place that comes from somebody else's JSON. */
export const HOSTILE = [
  "\u001b[31m\u001b]0;title\u0007",
  "\u009b31m",
  "line\nbreak\r\n\u2028\u2029",
  "\u202eright to left\u2066\u200f",
  "tags\u{e0041}\u{e007f}",
  "lone \ud800 surrogate",
  "<script>alert(1)</script><img src=x onerror=alert(1)> &amp;",
  "| pipe | \\| `code` ``` **bold** _it_ [link](https://evil.example) ![i](x) @everyone #1 ~~x~~ $x$",
  "https://evil.example www.evil.example",
  "",
];

/** A report whose every text is hostile. */
export function hostile(text: string): Report {
  const place = { stack: "shop", pointer: `/resource/${text}`, path: text };
  const by = { name: text, ...place };
  return {
    results: [
      result("PORTS-1", violated({ counterexample: [text], wrong: text, by, change: text })),
      result("PORTS-2", undecidedBy([{ reason: text, question: "value", place }], [text])),
      result(
        "WEB-1",
        proven(Strength.ENFORCED, [by], {
          ...{ classes: 1, rules: 1, notes: [text], assumptions: [text] },
          accepted: [{ what: text, reason: text }],
        }),
      ),
      result("WORK-2", NOT_APPLICABLE, { lowered: text }),
    ],
    outside: [{ type: text, count: 1 }],
    changed: [text],
  };
}
