/** Breaks a line that is longer than a width, at spaces; a word that is longer itself behind a `/`, else anywhere. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, width))) {
    const joined = current === "" ? word.text : `${current}${word.isContinued ? "" : " "}${word.text}`;
    if (lengthOf(joined) <= width || current === "") {
      current = joined;
      continue;
    }
    lines.push(current);
    current = word.text;
  }
  return [...lines, current];
}

interface Piece {
  readonly text: string;
  /** Whether it follows the one before without a space. */
  readonly isContinued: boolean;
}

function pieces(word: string, width: number): readonly Piece[] {
  if (lengthOf(word) <= width) return [{ text: word, isContinued: false }];
  const parts = word.split(/(?<=\/)/).flatMap((part) => chunks(part, width));
  return parts.map((text, index) => ({ text, isContinued: index > 0 }));
}

function chunks(text: string, width: number): readonly string[] {
  const characters = [...text];
  const count = Math.max(1, Math.ceil(characters.length / width));
  return Array.from({ length: count }, (_, index) => characters.slice(index * width, (index + 1) * width).join(""));
}

function lengthOf(text: string): number {
  return [...text].length;
}
