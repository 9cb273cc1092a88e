import { HostNotation } from "../../../network/host-notation";
import type { Difference } from "../../answers/diff/difference";
import { type DiffReport, exitCodeOf } from "../../answers/diff/report";
import { visibleJson } from "../escape";

/** A report for programs. `diff.schema.json` says what stands in it. */
export function diffJson(report: DiffReport): string {
  const { differences, meant, stale, asides, rewritten } = report;
  const document = {
    format: 1,
    exitCode: exitCodeOf(report),
    differences: differences.map(written),
    ...(meant === undefined ? {} : { meant: meant.map(written), stale }),
    asides,
    rewritten,
  };
  return `${visibleJson(document)}\n`;
}

/** A difference as programs read it. */
export function written(whole: Difference): object {
  const { announces: _, isKept: __, also, ...item } = whole;
  return {
    ...withBlocks(item),
    ...(also === undefined ? {} : { also: also.map(withBlocks) }),
  };
}

/** With its addresses as blocks. */
function withBlocks({ addresses, ...item }: Pick<Difference, "addresses">): object {
  return { ...item, ...(addresses === undefined ? {} : { addresses: addresses.cidrs(HostNotation.BARE) }) };
}
