/** Builds what is stale. Answers the folder with the built program. */
export function build(): Promise<string>;
