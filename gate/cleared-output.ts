import { InvalidInput } from "../errors/invalid-input";
import { clearOutput } from "./output-folder";
import { PROCESS } from "./terminal";

/* Imported first, it clears the output before an app is loaded: one that can't be loaded leaves nothing either. */
try {
  clearOutput();
} catch (error) {
  if (!(error instanceof InvalidInput)) throw error;
  PROCESS.tell(error.message);
  process.exit(2);
}
