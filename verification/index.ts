/** The proof of an output folder, for other repositories. Inside this one, each part is imported from its own file. */
export { readOutputFolder } from "./terraform/folder";
export type { Output } from "./terraform/output";
export { REPORT_FORMATS, type ReportFormat } from "./render/report";
export { exitCodeOf, type Report, reportOf } from "./answers/verify";
export { type StatementResult, resultsOf } from "./statements/results";
