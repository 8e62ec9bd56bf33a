/** The input that tells what was ticked. */
export const TICKED_INPUT = "ticked";
/** Stands in the words of a button for what was ticked on its card. */
export const TICKED = "{ticked}";
