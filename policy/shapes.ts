import { z } from "zod";
import type { Problem } from "../errors/invalid-input";
import { didYouMean } from "../errors/nearest";
import { oddity, withoutOddSigns } from "../errors/odd-signs";
import { readEntries } from "../network/address-entry-problems";
import { AddressSet } from "../network/address-set";
import { SpecialAddresses } from "../network/special-addresses";
import type { Mistake } from "./problems";

/** A Terraform reference or a CDKTF token: a value that only the apply knows. */
const REFERENCE = /\$\{/;

/**
 * An object with exactly these keys. An unknown key is a problem that names the known ones.
 *
 * @param made how it is made, for a value that is no object
 */
export function object<Shape extends z.ZodRawShape>(shape: Shape, made?: string) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `only the keys ${keys}` : (made ?? `an object with the keys ${keys}`),
  });
}

/**
 * Text that a statement needs at synth, so a reference is refused.
 *
 * @param pattern the pattern of the whole text
 * @param allowed the same in words
 * @param suggest the nearest allowed text, where there is one
 */
export function literal(pattern: RegExp, allowed: string, suggest?: Suggest) {
  return z
    .string({ error: allowed })
    .superRefine((text, context) => {
      if (REFERENCE.test(text)) {
        const why = "a literal, not a reference: the rules and their proof need a value that is known at synth";
        context.addIssue({ code: "custom", message: why, params: { change: "write the value itself" } });
      } else if (!pattern.test(text)) {
        context.addIssue({ code: "custom", message: allowed, params: mistake(pattern, text, suggest) });
      }
    })
    .meta({ pattern: pattern.source });
}

/** An id of a platform: a literal of this form, or a reference that the apply resolves. */
export function id(pattern: RegExp, allowed: string, suggest?: Suggest) {
  const either = new RegExp(`(?:${pattern.source})|^\\$\\{.+\\}$`);
  return z
    .string({ error: allowed })
    .superRefine((text, context) => {
      if (either.test(text)) return;
      const params = mistake(pattern, text, suggest ?? ((plain) => within(pattern, plain)));
      context.addIssue({ code: "custom", message: `${allowed}, or a reference to one`, params });
    })
    .meta({ pattern: either.source });
}

/** A text that may be the meant one. It counts only where it has the allowed form. */
type Suggest = (text: string) => string;

/** The fault of a text of another form, and the text that was probably meant. */
function mistake(pattern: RegExp, text: string, suggest: Suggest = (same) => same): Mistake {
  const wrong = oddity(text) ?? miscount(pattern, text);
  const plain = withoutOddSigns(text);
  const candidates = [plain, plain.toLowerCase(), plain.toUpperCase(), suggest(plain)];
  const near = candidates.find((candidate) => pattern.test(candidate));
  return { ...(wrong === undefined ? {} : { wrong }), ...didYouMean(near) };
}

/** The id in a text, such as the URL of the page that shows it. */
function within({ source }: RegExp, text: string): string {
  const id = new RegExp(`(?<![A-Za-z0-9_-])(?:${source.replace(/^\^|\$$/g, "")})(?![A-Za-z0-9_-])`);
  return id.exec(text)?.[0] ?? "";
}

/** For a form of so many characters, how many a text of such characters has. */
function miscount({ source }: RegExp, text: string): string | undefined {
  const [, characters, count] = /^\^(\[[^\]]+\])\{(\d+)\}\$$/.exec(source) ?? [];
  if (characters === undefined || !new RegExp(`^${characters}+$`, "i").test(text)) return undefined;
  return String(text.length) === count ? undefined : `with ${text.length} characters`;
}

/** The host of a URL, or of a host in another spelling. */
export function hostIn(text: string): string {
  return text
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/:].*$/, "")
    .replace(/\.$/, "");
}

/** A URL as it is meant where its scheme is missing, or isn't https. */
export function withHttps(text: string): string {
  return `https://${text.replace(/^(?:\w*:)?\/\//, "")}`;
}

/** A host name in lower case. */
export const hostName = literal(
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "a host name in lower case without port, trailing dot or wildcard, such as app.example.com",
  hostIn,
);

/** The name of an environment: part of stack, variable and list names, where `-` may become `_` without a clash. */
export const environmentName = literal(
  /^[a-z][a-z0-9-]{0,19}$/,
  "a name of 1 to 20 lower-case letters, digits and hyphens that begins with a letter",
  (text) => text.toLowerCase().replace(/[^a-z0-9-]+/g, "-"),
);

/** One or more sentences for a reader. */
export const reason = z
  .string({ error: "the reason, in words" })
  .refine((text) => text.trim().length >= 10, { error: "the reason, in at least 10 characters" })
  .meta({ minLength: 10 });

/** One entry of an address set: an address, a CIDR or a range. */
export const addressText = z.string({ error: "an address, a CIDR or a range" }).superRefine((entry, context) => {
  for (const { allowed, change } of readEntries([entry], "addresses").problems) {
    context.addIssue({ code: "custom", message: allowed, params: { change } });
  }
});

/** Addresses that no request from the internet comes from. Documentation addresses may stand in for the real ones. */
const NEVER_A_SOURCE = SpecialAddresses.NOT_PUBLIC.difference(SpecialAddresses.DOCUMENTATION);

/** An entry that names a private or special address can't be a source on the internet. */
export function publicSourceProblems(at: string, text: string): readonly Problem[] {
  return AddressSet.of(text, [text]).overlaps(NEVER_A_SOURCE)
    ? [
        {
          at,
          got: `"${text}"`,
          allowed: "public addresses: no request from the internet comes from a private or special one",
        },
      ]
    : [];
}
