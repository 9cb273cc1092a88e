import { HostNotation } from "../../../network/host-notation";
import { idOfDifference } from "../../answers/diff/id";
import type { Item } from "../../answers/diff/item";
import { type DiffReport, exitCodeOf } from "../../answers/diff/report";
import { visibleJson } from "../escape";

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

/** An item as programs read it. */
export function written(whole: Item): object {
  const { announces: _, isKept: __, also, ...item } = whole;
  return {
    id: idOfDifference(whole),
    ...withBlocks(item),
    ...(also === undefined ? {} : { also: also.map(withBlocks) }),
  };
}

/** With its addresses as blocks. */
function withBlocks({ addresses, ...item }: Pick<Item, "addresses">): object {
  return { ...item, ...(addresses === undefined ? {} : { addresses: addresses.cidrs(HostNotation.BARE) }) };
}
