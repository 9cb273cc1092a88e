import { InvalidInput } from "../../errors/invalid-input";
import { connectionExplained } from "../answers/explain/connection";
import type { Explanation } from "../answers/explain/explanation";
import { requestExplained } from "../answers/explain/request";
import { revived } from "../answers/report/explorer-data";
import type { Explorer } from "../answers/report/audit-report";
import type { TargetKind } from "../answers/targets";
import { pageOf } from "./explain";
import { htmlOf } from "./html";

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

/** A question as the form has it. An empty field isn't asked. */
export interface Question {
  /** A URL, or a kind of thing to connect to. */
  readonly url: string;
  readonly method?: string;
  readonly from?: string;
  readonly environment?: string;
  readonly headers?: readonly string[];
}

/**
 * @param json the data of the page
 * @throws {InvalidInput} where the question is none
 */
export function answerTo(json: string, { url, method, from, environment, headers }: Question): Explanation {
  const { edges, targets } = revived(json) as Explorer;
  const both = {
    ...(from === undefined ? {} : { from }),
    ...(environment === undefined ? {} : { environment }),
  };
  if (Object.hasOwn(targets[0]?.targets ?? {}, url))
    return connectionExplained(targets, { to: url as TargetKind, ...both });
  const more = { ...(method === undefined ? {} : { method }), ...(headers === undefined ? {} : { headers }) };
  return requestExplained(edges, { url, ...both, ...more });
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
  const [method, from, environment] = rest.map((text) => (text === "" ? undefined : text));
  try {
    const given = { method, from, environment };
    const asked = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const { headlines, sections } = pageOf(answerTo(json, { url, ...asked }));
    // Whoever asks wants the way too.
    return htmlOf({ headlines, sections: sections.map((each) => ({ ...each, isFolded: false })) }, 3);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const lines = error.problems.map(({ at, got, allowed }) => ({
      text: [`${FIELDS[at] ?? at}: got ${got}; allowed: ${allowed}`],
      below: [],
    }));
    return htmlOf(
      { headlines: [{ tone: "unsure", text: ["No answer"] }], sections: [{ title: ["The question"], lines }] },
      3,
    );
  }
}
