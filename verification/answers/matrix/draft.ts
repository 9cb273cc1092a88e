import type { AddressSet } from "../../../network/address-set";
import type { Cell, Column } from "./matrix";

/** A column before it has a letter. */
export interface Draft extends Omit<Column, "id"> {
  /** What becomes of a source's addresses. */
  readonly cellOf: (source: AddressSet) => Cell;
}
