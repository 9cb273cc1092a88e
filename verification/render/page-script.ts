import { InvalidInput } from "../../errors/invalid-input";
import { connectionExplained } from "../answers/explain/connection";
import type { Explanation } from "../answers/explain/explanation";
import type { RequestOptions } from "../answers/explain/question";
import { requestExplained } from "../answers/explain/request";
import { revived } from "../answers/report/explorer-data";
import type { Explorer } from "../answers/report/audit-report";
import type { TargetKind } from "../answers/targets";
import { pageOf } from "./explain";
import { htmlOf } from "./html";
import { line } from "./page";

/*
 * The program of a report: it answers questions in a page, with the same code as the command `explain`. The types that it
 * needs of a browser are written down here, since the project has none.
 */

/** The fields of the form by the names that problems with a question have. */
const FIELDS: Readonly<Record<string, string>> = {
  "<url>": "URL",
  "--to": "URL",
  "--method": "Method",
  "--from": "Client address",
  "--environment": "Environment",
};

interface PageElement {
  hidden: boolean;
  value: string;
  open: boolean;
  innerHTML: string;
  readonly focus: () => void;
  readonly textContent: string | null;
  readonly addEventListener: (
    event: string,
    listener: (event: { readonly preventDefault: () => void }) => void,
  ) => void;
}

interface PageGlobals {
  explorer?: typeof answerTo;
  readonly document?: {
    readonly getElementById: (id: string) => PageElement | null;
    readonly querySelectorAll: (selector: string) => Iterable<PageElement>;
  };
  readonly addEventListener?: (event: string, listener: () => void) => void;
}

/**
 * @param json the data of the page
 * @param question a question about a request, or with a kind of thing to connect to in place of the URL
 * @throws {InvalidInput} where the question is none
 */
export function answerTo(json: string, question: RequestOptions): Explanation {
  const { edges, targets } = revived(json) as Explorer;
  const { url, from, environment } = question;
  return Object.hasOwn(targets[0]?.targets ?? {}, url)
    ? connectionExplained(targets, { to: url as TargetKind, from, environment })
    : requestExplained(edges, question);
}

const page = globalThis as PageGlobals;
page.explorer = answerTo;

const { document } = page;
const elementAt = (id: string): PageElement => {
  const element = document?.getElementById(id) ?? undefined;
  if (element === undefined) throw new Error(`the page has no ${id}`);
  return element;
};

if (document !== undefined) {
  const form = elementAt("question");
  const json = elementAt("data").textContent ?? "";
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = elementAt("answer");
    answer.innerHTML = answerHtml(json);
    answer.focus();
  });
  // Paper has nothing to unfold.
  page.addEventListener?.("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

function answerHtml(json: string): string {
  const [url = "", ...rest] = ["url", "method", "from", "environment"].map((id) => elementAt(id).value.trim());
  // An empty field isn't asked.
  const [method, from, environment] = rest.map((text) => (text === "" ? undefined : text));
  try {
    const { headlines, sections } = pageOf(answerTo(json, { url, method, from, environment }));
    // Whoever asks wants the way too.
    return htmlOf({ headlines, sections: sections.map((each) => ({ ...each, isFolded: false })) }, 3);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const lines = error.problems.map(({ at, got, allowed }) =>
      line(`${FIELDS[at] ?? at}: got ${got}; allowed: ${allowed}`),
    );
    const headlines = [{ tone: "unsure", text: ["No answer"] }] as const;
    return htmlOf({ headlines, sections: [{ title: ["The question"], lines }] }, 3);
  }
}
