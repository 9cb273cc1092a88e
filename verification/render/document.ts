import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Explorer } from "../answers/report/audit-report";
import { dataOf } from "../answers/report/explorer-data";
import { htmlText, jsonEscape } from "./escape";
import type { Text } from "./page";
import { plain } from "./text";

/** The parts of a document. */
export interface DocumentParts {
  readonly title: string;
  /** The sections that the table of contents names. */
  readonly contents: readonly { readonly id: string; readonly title: Text }[];
  /** The page as HTML. */
  readonly body: string;
  readonly explorer: Explorer;
  /** The program that answers questions. */
  readonly script: string;
}

const STYLE = join(__dirname, "report.css");

/**
 * A whole HTML file. Its policy lets it load nothing, run this one program and send nothing.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function documentOf({ title, contents, body, explorer, script }: DocumentParts): string {
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const links = [...contents.map(({ id, title: text }) => ({ id, text: plain(text) })), { id: "ask", text: "Ask" }];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<style>${readFileSync(STYLE, "utf8")}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><h1>${htmlText(title)}</h1></header>
<nav aria-label="Contents"><ul>${links.map(({ id, text }) => `<li><a href="#${id}">${htmlText(text)}</a></li>`).join("")}</ul></nav>
<main id="main">
${body}
${askSection(explorer)}
</main>
<script type="application/json" id="data">${jsonInHtml(dataOf(explorer))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON as text of a script element: nothing in it ends the element or begins a comment. */
function jsonInHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]|[^\n -~]/gu, jsonEscape);
}

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
