import type { Shown } from "../audit/shown-digest.js";
import type { CommandOf } from "./command-row.js";
import type { COMMANDS } from "./commands.js";

/** What a person asked for, parsed: one kind for each row of the table. */
export type Command = CommandOf<(typeof COMMANDS)[number]>;

/** The kinds of commands. */
export type CommandName = Command["kind"];

/** The command of one kind. */
export type CommandNamed<Name extends CommandName> = Extract<Command, { kind: Name }>;

/** With what the card showed whose button was pressed; the drift as it is by now, when the command was typed. */
type PutBack = CommandNamed<"put-back"> & Partial<Shown>;

/** Commands about groups by themselves. */
export type GroupsCommand = CommandNamed<"add-group" | "remove-group" | "exclude-group" | "include-group">;

/** Commands of which a plan is made. */
export type ChangeCommand =
  | CommandNamed<
      "enable" | "disable" | "allow" | "remove" | "allow-keys-in-use" | "undo" | "promote" | "next-stage"
    >
  | CommandNamed<"create-profile" | "rename-profile" | "delete-profile" | "use-profiles">
  | CommandNamed<"admit-kind" | "refuse-kind">
  | GroupsCommand
  | PutBack;

/** A text that is no command, and what to say to it. */
export type Reply =
  /** Nothing but white space or the bot's own name. */
  | { readonly code: "empty" }
  | { readonly code: "too-long"; readonly characters: number; readonly limit: number }
  /** Close to a command: "Did you mean ...?" */
  | { readonly code: "did-you-mean"; readonly suggestion: string }
  /** A change that was asked about, and not asked for. */
  | { readonly code: "only-asked"; readonly suggestion: string }
  /** Nothing but words that are quoted or were taken back. */
  | { readonly code: "only-quoted" }
  /** A greeting, or a question about the bot. */
  | { readonly code: "greeting"; readonly offers: readonly string[] }
  /** Nothing a command comes close to by its letters; by its meaning, one of these may. */
  | { readonly code: "nearest"; readonly offers: readonly string[] }
  /** Several commands in one message: one of them goes first. */
  | { readonly code: "several"; readonly offers: readonly string[] }
  /** In another language, or about a language: these are the nearest commands. */
  | { readonly code: "language"; readonly offers: readonly string[] }
  /** A change with a condition, a time or a negation. */
  | {
      readonly code: "not-as-said";
      readonly because: "negation" | "condition" | "time";
      readonly word: string;
      readonly offers: readonly string[];
    }
  /** Passkeys are to be turned off for a group, which is one of two changes. */
  | { readonly code: "off-for-some"; readonly offers: readonly string[] }
  /** Clearly a command of ours, with a part that cannot be understood. */
  | { readonly code: "not-understood"; readonly part: string; readonly command: string }
  /** A command about a plan, without a usable number. */
  | { readonly code: "number-missing"; readonly command: string; readonly given: string }
  /** A command about a drift, without a usable number. */
  | { readonly code: "drift-number-missing"; readonly command: string; readonly given: string }
  /** A command about a model, without one. */
  | { readonly code: "model-missing"; readonly command: string }
  /** "allow everything": every model in use, or any at all. */
  | { readonly code: "which-models" }
  /** A profile is to be made, and has no name. */
  | { readonly code: "profile-missing"; readonly command: string }
  /** A pilot is to go on, and it is not said to whom. */
  | { readonly code: "to-whom-missing" }
  /** A profile is to be renamed, and its new name is not said. */
  | { readonly code: "new-name-missing"; readonly profile: string }
  /** A command about a group, without one. */
  | { readonly code: "group-missing"; readonly command: string };

/** What a message is. */
export type Parsed =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "reply"; readonly reply: Reply }
  /** Thanks and the like, which want no answer. */
  | { readonly kind: "thanks" }
  /** No command, and close to none. */
  | { readonly kind: "ignored" };
