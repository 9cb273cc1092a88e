/** A product of sets: some values of each axis. */
export type Box = readonly (readonly number[])[];

/** Cells as few boxes: those that differ in one axis alone are taken together, axis by axis. */
export function boxesOf(cells: readonly (readonly number[])[]): readonly Box[] {
  const axes = cells[0]?.keys() ?? [];
  let boxes: readonly Box[] = cells.map((cell) => cell.map((value) => [value]));
  for (const axis of axes) {
    const groups = new Map<string, Box>();
    for (const box of boxes) {
      const key = JSON.stringify(box.map((values, index) => (index === axis ? [] : values)));
      const first = groups.get(key);
      const joined = (values: readonly number[], index: number): readonly number[] =>
        index === axis ? [...values, ...(box[index] ?? [])] : values;
      groups.set(key, first === undefined ? box : first.map(joined));
    }
    boxes = [...groups.values()];
  }
  return boxes;
}
