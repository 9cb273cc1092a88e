import { validate } from "@actions/languageservice";
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
import { TextDocument } from "vscode-languageserver-textdocument";

let documents = 0;
/**
 * The findings of GitHub's own language service. It keeps answers by address, so every text has an address of its own.
 */
export async function complaints(text: string): Promise<readonly string[]> {
  const uri = `file:///.github/workflows/${String((documents += 1))}.yml`;
  return (await validate(TextDocument.create(uri, "yaml", 1, text))).map(({ message }) => JSON.stringify(message));
}

/** The errors of GitHub's own workflow parser. */
export async function parserErrors(text: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: "workflow.yml", content: text }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}
