/** How text is written to a terminal. */
export interface TextOptions {
  /** How many characters a line may have. */
  readonly columns: number;
  readonly hasColour: boolean;
}
