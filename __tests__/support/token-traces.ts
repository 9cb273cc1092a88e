import { tracesOfErrors } from "../../policy/synth";

/* Tests make thousands of tokens, and read no trace of one. */
Error.captureStackTrace = tracesOfErrors(Error.captureStackTrace);
