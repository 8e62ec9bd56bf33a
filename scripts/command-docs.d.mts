import type { CommandRow, HelpEntry } from "../src/core/command/command-row.js";

/** One of Teams' menus, as the manifest has it. */
export interface CommandList {
  readonly scopes: readonly string[];
  readonly commands: readonly { readonly title: string; readonly description: string }[];
}

/** Teams' menus, in the order of the table. */
export function commandLists(rows: readonly CommandRow[]): readonly CommandList[];

/** README with its table of commands. @throws Error where the marks are missing between which it stands */
export function withCommandTable(readme: string, lines: readonly HelpEntry[]): string;
