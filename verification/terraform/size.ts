import type { Value } from "./value";

/** How much a value holds, and how deep it nests. */
interface Size {
  readonly weight: number;
  readonly depth: number;
}

/** References to references double what they hold, or nest it: what is refused here is more than any platform takes. */
const LARGEST: Size = { weight: 4 * 1024 * 1024, depth: 500 };

/** Whether a value is small enough to be gone through again and again. */
export function isHandy(value: Value): boolean {
  const { weight, depth } = sizeOf(value);
  return weight <= LARGEST.weight && depth <= LARGEST.depth;
}

/** What is shared is measured once. */
const SIZES = new WeakMap<object, Size>();

function sizeOf(value: Value): Size {
  if (typeof value !== "object" || value === null) return { weight: String(value).length + 1, depth: 0 };
  const size = SIZES.get(value) ?? sumOf(Object.values(value).map((inner) => sizeOf(inner as Value)));
  SIZES.set(value, size);
  return size;
}

function sumOf(parts: readonly Size[]): Size {
  return {
    weight: parts.reduce((sum, { weight }) => sum + weight, 1),
    depth: 1 + parts.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  };
}
