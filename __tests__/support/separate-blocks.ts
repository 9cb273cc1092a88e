/** Blocks of both families that don't touch, so that a set of them is as long as it is written. */
export function separateBlocks(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? `${11 + (index >> 9)}.${(index >> 1) & 255}.0.0/25` : `2a01:db8:${index.toString(16)}::/48`,
  );
}
