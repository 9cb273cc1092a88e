/**
 * Whether an id is written as it is. The ids of Cloudflare, Render and Supabase consist of these signs; whatever holds
 * another, such as an interpolation, a directive or a number that was rounded, may stand for any id.
 */
export const isKnownId = (text: string): boolean => /^[\w-]+$/.test(text);

/** Whether two ids may be of one thing: nobody knows that they aren't, unless both are known and differ. */
export function mayBeSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase() || !isKnownId(one) || !isKnownId(other);
}
