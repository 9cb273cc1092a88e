import Ajv from "ajv";
import addFormats from "ajv-formats";
import sarif from "../fixtures/sarif/sarif-2.1.0.json";

// Draft 04 names itself otherwise than the draft that is read here. One of its patterns is invalid in Unicode mode.
const { $schema: _draft, id: _id, ...schema } = sarif;

/** Whether a parsed log is valid SARIF 2.1.0; its `errors` say why not. */
export const fitsSarif = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(schema);
