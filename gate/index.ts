/** The gate, for other repositories. Inside this one, each part is imported from its own file. */
export { gate } from "./gate";
export { NotProven } from "./not-proven";
