import { InvalidInput, shown } from "../../../errors/invalid-input";
import { textOfFile } from "../../../errors/user-file";
import { problemsOf } from "../../../policy/problems";
import { object } from "../../../policy/shapes";
import { yamlOf } from "../../github/yaml";
import { z } from "zod";

/** The differences that a change means to make, by their ids, each with why. Every other one is refused. */
export type Intent = ReadonlyMap<string, string | undefined>;

const ALLOWED = "a list of ids that diff printed, each as it stands or as { id, reason }, in YAML or JSON";

const id = z.string({ error: "an id that diff printed" }).regex(/^difference:[^\s]+$/, {
  error: "an id that diff printed: difference:<environments>:<area>:<direction>:<subject>:<digest>",
});
const reason = z.string({ error: "a text" }).min(1, { error: "a text" });
const entries = z
  .array(z.union([id, object({ id, reason })], { error: "an id that diff printed, or { id, reason }" }), {
    error: ALLOWED,
  })
  .superRefine((all, context) => {
    const ids = all.map(idOfEntry);
    for (const [index, each] of ids.entries()) {
      if (ids.indexOf(each) === index) continue;
      context.addIssue({ code: "custom", path: [index], message: "each id once" });
    }
  });

type Entry = string | { readonly id: string; readonly reason: string };

const idOfEntry = (entry: Entry): string => (typeof entry === "string" ? entry : entry.id);

/**
 * Reads an intent.
 *
 * @throws {InvalidInput} naming every problem
 */
export function readIntent(path: string): Intent {
  const subject = `the intent ${path}`;
  const read = textOfFile(path) ?? { problem: { got: "no such file" } };
  if ("problem" in read) throw unreadable(subject, read.problem.got);
  const { value, problem } = yamlOf(read.text);
  if (problem !== undefined) throw unreadable(subject, shown(problem));
  InvalidInput.throwIfAny(subject, problemsOf(entries, value));
  return new Map(
    (value as readonly Entry[]).map((entry) => [
      idOfEntry(entry),
      typeof entry === "string" ? undefined : entry.reason,
    ]),
  );
}

const unreadable = (subject: string, got: string): InvalidInput =>
  new InvalidInput(subject, [{ at: "the file", got, allowed: ALLOWED }]);
