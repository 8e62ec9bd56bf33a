import { type CommandRow, type HelpEntry, TOPICS } from "./command-row.js";
import { COMMANDS } from "./commands.js";

/** One command in the help. */
export interface HelpLine extends HelpEntry {
  readonly topic: (typeof TOPICS)[number];
  /** It changes nothing: a button may say it. */
  readonly looks: boolean;
}

/** Every command, as a person would type it, topic by topic. Shown by `help`. */
export function helpLines(rows: readonly CommandRow[] = COMMANDS): readonly HelpLine[] {
  return TOPICS.flatMap((topic) =>
    rows
      .filter((row) => row.topic === topic)
      .flatMap((row) => row.help.map((entry): HelpLine => ({ ...entry, topic, looks: row.looks ?? false }))),
  );
}
