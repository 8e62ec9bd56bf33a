/** Options of `enable passkeys`, as the person wrote them; groups are still names. */
export interface EnableOptions {
  /** undefined: nothing said about people. */
  readonly targets?:
    | { readonly kind: "all-users" }
    | { readonly kind: "groups"; readonly names: readonly string[] };
  readonly attestation?: "enforced" | "not-enforced";
  readonly restriction: "as-fits" | "allow-list" | "any";
  readonly authenticators: readonly ("ios" | "android")[];
  readonly profile?: string;
}

/** What a person asked for, parsed. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "show-policy" }
  | { readonly kind: "enable"; readonly options: EnableOptions }
  | { readonly kind: "disable" }
  /** Models as typed, names or AAGUIDs; at least one. */
  | { readonly kind: "allow"; readonly models: readonly string[]; readonly profile?: string }
  | { readonly kind: "remove"; readonly models: readonly string[]; readonly profile?: string }
  | { readonly kind: "allow-keys-in-use"; readonly profile?: string }
  | { readonly kind: "keys-in-use" }
  /** `full`: read everybody, even where reading what changed would do. */
  | { readonly kind: "scan"; readonly full: boolean }
  | { readonly kind: "who-uses"; readonly model: string }
  | { readonly kind: "what-is"; readonly model: string }
  | { readonly kind: "pending" }
  /** The last plans, so many of them. */
  | { readonly kind: "history"; readonly limit: number }
  /** Everything there is about a plan, as a file for an auditor. */
  | { readonly kind: "evidence"; readonly planNumber: number }
  | { readonly kind: "show"; readonly planNumber: number }
  | { readonly kind: "cancel"; readonly planNumber: number }
  | { readonly kind: "undo"; readonly planNumber: number }
  /** Looks now. */
  | { readonly kind: "drift" }
  | { readonly kind: "show-drift"; readonly driftNumber: number }
  /** `revision`: of the card whose button was pressed; whatever the drift is at by now, when it was typed. */
  | { readonly kind: "put-back"; readonly driftNumber: number; readonly revision?: number }
  | { readonly kind: "approvals-here" };

/** Commands of which a plan is made. */
export type ChangeCommand = Extract<
  Command,
  { kind: "enable" | "disable" | "allow" | "remove" | "allow-keys-in-use" | "undo" | "put-back" }
>;

/** A text that is no command, and what to say to it. */
export type Reply =
  /** Nothing but white space or the bot's own name. */
  | { readonly code: "empty" }
  | { readonly code: "too-long"; readonly characters: number; readonly limit: number }
  /** Close to a command: "Did you mean ...?" */
  | { readonly code: "did-you-mean"; readonly suggestion: string }
  /** Clearly a command of ours, with a part that cannot be understood. */
  | { readonly code: "not-understood"; readonly part: string; readonly command: string }
  /** `show`, `cancel`, `undo` or `evidence` without a usable number. */
  | { readonly code: "number-missing"; readonly command: string; readonly given: string }
  /** A command about a model, without one. */
  | { readonly code: "model-missing"; readonly command: string }
  /** `approve 12` typed: a message carries no sign-in token, a button does. */
  | { readonly code: "use-the-button"; readonly planNumber?: number };

/** What a message is. */
export type Parsed =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "reply"; readonly reply: Reply }
  /** Ordinary chat. */
  | { readonly kind: "ignored" };
