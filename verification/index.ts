/** The proof of an output folder, for other repositories. Inside this one, each part is imported from its own file. */
export { type OutputFolder, readOutputFolder } from "./terraform/read-folder";
export { REPORT_FORMATS, type ReportFormat } from "./render";
export { exitCodeOf, type Report, reportOf } from "./answers/verify";
export { type StatementResult, resultsOf } from "./statements/results";
