/** How much patience a client has. */
export interface Timing {
  /** For one answer, from the look-up of the name to the last byte, in milliseconds. */
  readonly request: number;
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** Before the second attempt, in milliseconds; twice as long before each further one. */
  readonly backoff: number;
  /** The longest time that a platform may ask to wait, in milliseconds. */
  readonly longestWait: number;
  /** The longest answer, in bytes. */
  readonly longestBody: number;
}

/** Supabase's window is a minute (https://supabase.com/docs/reference/api/introduction): no platform's is much longer. */
export const TIMING: Timing = {
  request: 15_000,
  attempts: 4,
  backoff: 500,
  longestWait: 65_000,
  longestBody: 8 * 1024 * 1024,
};
