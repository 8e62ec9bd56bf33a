/** Builds what is stale. Answers the folder with the built programs. */
export function build(): Promise<string>;
/** Copies what a host needs of a build, which is all but the sandbox, to a folder, in whose place it comes. */
export function ship(built: string, place: string): Promise<void>;
