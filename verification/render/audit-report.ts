import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentMatrix } from "../answers/matrix/matrix";
import type { AuditReport, Explorer } from "../answers/report/audit-report";
import { dataOf } from "../answers/report/explorer-data";
import { onlyIn, type Picture } from "../answers/report/picture";
import { groupedBy } from "../collections";
import { pageOf as diffPage } from "./diff-page";
import { htmlText, jsonEscape } from "./escape";
import { gridOf } from "./drawing";
import { htmlOf } from "./html";
import { markdownOf } from "./markdown";
import { pageOf as matrixPage } from "./matrix";
import { folded, type Headline, joined, line, type Page, say, type Section } from "./page";
import { svgOf } from "./picture";
import { refusalPage } from "./report";
import { counted } from "./sayings";
import { outcomeOf, statementsSection, toneOf } from "./statements";
import { plain } from "./text";

export const auditMarkdown = (report: AuditReport): string => markdownOf(pageOf(report));

/** Its head alone as Markdown: what an approver reads. */
export const auditHead = (report: AuditReport): string => markdownOf(headOf(report));

/**
 * The report as one HTML file that asks for nothing outside itself.
 *
 * @param script the program that answers questions in the page
 */
export function auditHtml(report: AuditReport, script: string): string {
  return documentOf(pageOf(report), report.explorer, script);
}

const TITLE = "Security policy report";

function pageOf(report: AuditReport): Page {
  const head = headOf(report);
  return {
    headlines: head.headlines,
    sections: [
      ...head.sections,
      {
        title: ["Who reaches what"],
        lines: [],
        id: "pictures",
        sections: report.matrix.environments.map((each) => pictureSection(each, report)),
      },
      statementsSection(report),
    ],
  };
}

/** The verdicts; what is accepted or lowered, and what is open; the change; what the report is about. */
function headOf(report: AuditReport): Page {
  const { headlines, sections } = refusalPage(report.report);
  return {
    // By name, what is lowered or accepted stands with its environment.
    headlines: [...headlines.slice(0, 1), ...environmentHeadlines(report)],
    sections: [
      ...changeSection(report, sections),
      ...sections.map((each, at) => ({ ...each, id: `decided-${at + 1}` })),
      aboutSection(report),
    ],
  };
}

/** How each environment does, in a sentence. */
function environmentHeadlines({ report: { results } }: AuditReport): readonly Headline[] {
  return [...groupedBy(results, ({ environment }) => environment)].map(([environment, all]) => {
    const own = all.filter(({ verdict }) => verdict !== "not applicable");
    const count = own.filter(({ verdict }) => verdict === "proven").length;
    const rest = [...groupedBy(own, outcomeOf)].flatMap(([outcome, some]) =>
      some.every((each) => toneOf(each) === "open")
        ? []
        : [`${outcome}: ${some.map(({ statement }) => statement).join(", ")}`],
    );
    const tones = own.map(toneOf);
    const tone = (["closed", "unsure"] as const).find((each) => tones.includes(each)) ?? "open";
    const held = `${rest.length === 0 ? "all " : ""}${counted(count, "statement")} hold`;
    return { tone, text: [`${environment}: ${[held, ...rest].join("; ")}`] };
  });
}

function aboutSection({ origin, providers, feeds, report }: AuditReport): Section {
  const { commit, toolVersion, proof } = origin;
  const state = commit?.isChanged === true ? ", and files that differ from it" : "";
  return {
    title: ["About this report"],
    id: "about",
    lines: [
      commit === undefined
        ? line("written where git knows no commit")
        : line([...say`written at commit ${commit.id}`, ` of ${commit.date}${state}`]),
      proof === undefined ? line("proof.json: there is none") : line(say`proof sha256 ${proof}`),
      ...(report.changed.length === 0
        ? []
        : [line(`${counted(report.changed.length, "file")} differ from what was proven`)]),
      line(`livestreamsell-security-infrastructure ${toolVersion}`),
      line(["providers ", ...joined(providers.map(({ source, version }) => say`${`${source} ${version}`}`))]),
      ...feeds.map(({ name, compiled, allowedDays, days }) =>
        line([
          ...say`addresses of ${name}`,
          `: compared on ${compiled}`,
          days === undefined ? "" : `, ${counted(days, "day")} before the commit`,
          `; allowed age ${counted(allowedDays, "day")}`,
        ]),
      ),
    ],
  };
}

/**
 * The difference, with the ways that change drawn.
 *
 * @param told the sections of the head, which aren't told again
 */
function changeSection({ change, pictures }: AuditReport, told: readonly Section[]): readonly Section[] {
  if (change === undefined) return [];
  const { headlines, sections } = diffPage(change.diff);
  const titles = new Set(told.map(({ title }) => JSON.stringify(title)));
  const own = sections.filter(({ title, lines }) => lines.length > 0 && !titles.has(JSON.stringify(title)));
  const at = (all: readonly Picture[], environment: string) => all.find((each) => each.environment === environment);
  const environments = [...new Set([...pictures, ...change.before].map(({ environment }) => environment))];
  const drawn = environments.flatMap((environment) => {
    const [before, after] = [at(change.before, environment), at(pictures, environment)];
    return [
      ...drawing(`No longer in ${environment}`, `before-${environment}`, before && onlyIn(before, after)),
      ...drawing(`New in ${environment}`, `after-${environment}`, after && onlyIn(after, before)),
    ];
  });
  return [
    {
      title: ["Change"],
      id: "change",
      lines: headlines.map(({ tone, text }) => ({ ...line(text), tone })),
      sections: [...drawn, ...own],
    },
  ];
}

function drawing(title: string, id: string, picture: Picture | undefined): readonly Section[] {
  return picture === undefined ? [] : [{ title: [title], lines: [], id, picture }];
}

/** The picture of an environment, and behind it every source against every service. */
function pictureSection(matrix: EnvironmentMatrix, { pictures, matrix: { format } }: AuditReport): Section {
  const { environment } = matrix;
  const [whole] = matrixPage({ format, environments: [matrix] }).sections.slice(-1);
  const { drawing: _, ...table } = whole ?? { title: [], lines: [] };
  const own = pictures.filter((each) => each.environment === environment);
  return {
    ...{ title: [environment], lines: [], id: `reach-${environment}` },
    ...own.map((picture) => ({ picture }))[0],
    sections: folded([
      ...own.map((picture) => ({
        title: [`The drawing of ${environment} as a table`],
        lines: [],
        grid: gridOf(picture),
      })),
      { ...table, title: [`Every source against every service of ${environment}, and what decides it`] },
    ]),
  };
}

const STYLE = join(__dirname, "report.css");

/**
 * A whole HTML file. Its policy lets it load nothing, run this one program and send nothing.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
function documentOf(page: Page, explorer: Explorer, script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const own = page.sections.flatMap(({ id, title }) => (id === undefined ? [] : [{ id, text: plain(title) }]));
  const links = [...own, { id: "ask", text: "Ask" }];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${TITLE}</title>
<style>${readFileSync(STYLE, "utf8")}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><h1>${TITLE}</h1></header>
<nav aria-label="Contents"><ul>${links.map(({ id, text }) => `<li><a href="#${id}">${htmlText(text)}</a></li>`).join("")}</ul></nav>
<main id="main">
${htmlOf(page, 2, svgOf)}
${askSection(explorer)}
</main>
<script type="application/json" id="data">${jsonInHtml(dataOf(explorer))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON as text of a script element: nothing in it ends the element or begins a comment. */
const jsonInHtml = (json: string): string => json.replace(/[<>&\u2028\u2029]|[^\n -~]/gu, jsonEscape);

/** The form in which a reader asks. It needs the script; without it, the command line answers the same. */
function askSection({ edges, targets }: Explorer): string {
  const environments = edges.map(({ environment }) => `<option>${htmlText(environment)}</option>`).join("");
  const [host = "app.example.com"] = edges.flatMap(({ hosts }) => hosts).slice(-1);
  const kinds = ["postgres", "redis", "worker"].filter((kind) =>
    targets.some((each) => each.targets[kind as "worker"].length > 0),
  );
  const names = [`https://${host}/`, ...kinds];
  return `<section aria-labelledby="ask">
<h2 id="ask">Ask</h2>
<noscript><p>This part needs JavaScript. The command <code>explain</code> answers the same.</p></noscript>
<form id="question" hidden>
<p class="field"><label for="url">${["URL", ...kinds].join(", ").replace(/, (?=[^,]*$)/, " or ")}</label><input id="url" list="names" value="https://${htmlText(host)}/" required autocomplete="off" spellcheck="false"></p>
<datalist id="names">${names.map((name) => `<option value="${htmlText(name)}"></option>`).join("")}</datalist>
<p class="field"><label for="method">Method</label><input id="method" value="GET" size="8" autocomplete="off" spellcheck="false"></p>
<p class="field"><label for="from">Client address (empty: anyone)</label><input id="from" autocomplete="off" spellcheck="false"></p>
<p class="field"><label for="environment">Environment</label><select id="environment"><option value="">the one that has the host</option>${environments}</select></p>
<p class="field"><button type="submit">Explain</button></p>
</form>
<div id="answer" role="region" aria-label="Answer" tabindex="-1"></div>
</section>`;
}
