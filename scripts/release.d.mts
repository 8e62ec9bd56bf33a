/** What the changelog says of a version. @throws Error when it says nothing */
export function notesOf(changelog: string, version: string): string;
