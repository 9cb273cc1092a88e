import type { Matrix } from "../../answers/matrix/matrix";
import { visibleJson } from "../escape";
import type { TextOptions } from "../text-options";
import { matrixMarkdown } from "./markdown";
import { matrixText } from "./text";

/** How a matrix may be written. */
export const MATRIX_FORMATS = ["text", "markdown", "json"] as const;

export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

/** Writes a matrix. Everything that comes from the JSON is escaped for the format. */
export function writtenMatrix(matrix: Matrix, format: MatrixFormat, options: TextOptions): string {
  switch (format) {
    case "text":
      return matrixText(matrix, options);
    case "markdown":
      return matrixMarkdown(matrix);
    case "json":
      return `${visibleJson(matrix)}\n`;
  }
}
