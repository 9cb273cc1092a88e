import { HostNotation } from "../../../network/host-notation";
import { visibleJson } from "../../report/escape";
import type { Item } from "../item";
import { type DiffReport, exitCodeOf } from "../report";

/** A report for programs. `diff.schema.json` says what stands in it. */
export function diffJson(report: DiffReport): string {
  const { items, intended, unused, asides, rewritten } = report;
  const document = {
    format: 1,
    exitCode: exitCodeOf(report),
    items: items.map(written),
    ...(intended === undefined ? {} : { intended: intended.map(written), unused }),
    asides,
    rewritten,
  };
  return `${visibleJson(document)}\n`;
}

function written({ addresses, announces: _, ...item }: Item): object {
  return { ...item, ...(addresses === undefined ? {} : { addresses: addresses.cidrs(HostNotation.BARE) }) };
}
