/**
 * Runs an action whose tokens keep no trace of where they were made. cdktf takes one for each, whatever `stackTraces` of the
 * app says, and the traces take longer than all else of a stack. Errors keep theirs.
 */
export function withoutTokenTraces<Value>(action: () => Value): Value {
  const { prepareStackTrace } = Error;
  // cdktf takes the trace of a token on a plain object, and keeps none where it is empty.
  Error.prepareStackTrace = (holder, frames) => {
    if (!(holder instanceof Error)) return "";
    if (prepareStackTrace !== undefined) return prepareStackTrace(holder, frames) as unknown;
    return [String(holder), ...frames.map((frame) => `    at ${String(frame)}`)].join("\n");
  };
  try {
    return action();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
