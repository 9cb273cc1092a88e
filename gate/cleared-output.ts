import { clearOutput } from "./clear-output";

/* Imported first, it clears the output before an app is loaded: one that can't be loaded leaves nothing either. */
clearOutput();
