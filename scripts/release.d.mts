/** What the changelog says of a version. @throws Error when it says nothing */
export function notesOf(changelog: string, version: string): string;
/** Whether the changelog has entries that are not yet under a version. */
export function hasUnreleased(changelog: string): boolean;
