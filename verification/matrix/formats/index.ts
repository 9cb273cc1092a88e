import { visibleJson } from "../../report/escape";
import type { TextOptions } from "../../report/text-options";
import type { Matrix } from "../matrix";
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
