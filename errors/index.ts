/** The one kind of error for bad input, for other repositories. */
export { InvalidInput, type Problem } from "./invalid-input";
