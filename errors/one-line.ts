/**
 * Characters that a terminal or a reader would not take for text: controls, formatting such as that of bidirectional
 * text, separators of lines, lone surrogates, and tags.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u2065\u{e0000}-\u{e007f}]/gu;

/** Text of somebody else as one line of plain text. Characters that can't be seen become `\u{...}`. */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
