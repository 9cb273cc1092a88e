import { literal, object } from "./schema/shapes";

/** A GitHub repository that an environment owns the scans of. Exactly one environment owns each. */
export interface Repository {
  /** `owner/name`. */
  readonly name: string;
}

export const repositorySchema = object({
  name: literal(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/,
    "a GitHub repository as owner/name",
    (text) => text.replace(/^https:\/\/github\.com\//, "").replace(/(?:\.git)?\/?$/, ""),
  ),
});

export const Repository = {
  /** The repository `owner/name`. */
  of(name: string): Repository {
    return { name };
  },
} as const;
