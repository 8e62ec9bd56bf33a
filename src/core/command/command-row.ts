import type { PasskeyType } from "../policy/policy.js";
import type { Concept } from "./asking/concepts.js";
import type { ChangeCommand } from "./command.js";
import type { EnableOptions } from "./enabling/enable-options.js";
import type { Platform } from "./guide/platform.js";
import type { NewProfile } from "./profiles/new-profile.js";

/** What may follow a command's words, and what that adds to the command. */
export interface Arguments {
  readonly nothing: object;
  /** Nothing: it is for everybody, and a group that is named is asked about. */
  readonly everybody: object;
  readonly planNumber: { readonly planNumber: number };
  readonly driftNumber: { readonly driftNumber: number };
  /** So many of the last ones. */
  readonly count: { readonly limit: number };
  /** Models as typed, names or AAGUIDs; at least one. */
  readonly models: {
    readonly models: readonly string[];
    /** Of each the line of the message it stands on, where it has several. */
    readonly lines?: readonly number[];
    readonly profile?: string;
    /** The kind of passkey that the profile is to admit as well; only where the row says so. */
    readonly admits?: PasskeyType;
  };
  readonly profile: { readonly profile?: string };
  readonly oneModel: { readonly model: string };
  /** A person as typed: a name or a part of one, a sign-in name or an object id. */
  readonly person: { readonly person: string };
  /** The same, and only what is written as a name is: with capitals. */
  readonly fullName: { readonly person: string };
  /** The same with an apostrophe, as whose something is. */
  readonly possessive: { readonly person: string };
  /** The same, and behind it what the person cannot do. */
  readonly trouble: { readonly person: string };
  readonly profileName: { readonly profile: string };
  /** A person, a group, a model or a profile as typed, and which of these, where that is said. */
  readonly subject: { readonly typed: string; readonly sort?: "person" | "group" | "model" | "profile" };
  readonly groupName: { readonly group: string };
  /** Nothing that would change the answer. */
  readonly anything: object;
  readonly enableOptions: { readonly options: EnableOptions };
  /** Groups as typed, names or object ids; at least one. */
  readonly groups: { readonly groups: readonly string[]; readonly profile?: string };
  /** A profile, and behind it the groups that are given it, or lose it; or the other way round. */
  readonly assignment: { readonly groups: readonly string[]; readonly profile: string };
  readonly newProfile: { readonly profile: NewProfile };
  readonly renaming: { readonly profile: string; readonly name: string };
  /** A kind of passkey, and the profile it is about. */
  readonly kind: { readonly type: PasskeyType; readonly profile?: string };
  /** The same, said by the kind that is to stay. */
  readonly otherKind: { readonly type: PasskeyType; readonly profile?: string };
  /** Profiles by their names; none: all of them. */
  readonly compared: { readonly profiles: readonly string[] };
  /** A profile that everybody is to have. */
  readonly everybodysProfile: {
    readonly to: "everyone";
    readonly profile: string;
  };
  /** To whom a pilot goes on: everybody, or groups as typed. */
  readonly promotion: {
    readonly to: "everyone" | readonly string[];
    readonly from?: string;
    readonly profile?: string;
  };
  /** Stages of a rollout in order: groups as typed, or everybody. */
  readonly stages: { readonly stages: readonly string[] };
  /** What is to go, and what is to come in its place: groups or models, as typed. */
  readonly exchange: { readonly from: string; readonly to: string };
  /** Models, of which the name has to say that they are some. */
  readonly keyModel: { readonly model: string };
  /** A change that is asked about, and how it is said when it is asked for. */
  readonly change: { readonly change: ChangeCommand; readonly said: string };
  /** The device that is spoken of, if it is named. */
  readonly platform: { readonly platform?: Platform };
  /** People something is to be sent to, and the device they have, if it is named. */
  readonly audience: { readonly platform?: Platform };
  readonly concept: { readonly concept: Concept };
  /** A topic of the help; absent: its beginning. */
  readonly topic: { readonly topic?: (typeof TOPICS)[number] | "all" };
  /** One plan, or the one that waits, and why. */
  readonly decision: { readonly planNumber?: number; readonly reason: string };
}

/** Kinds of arguments; each has one reader. */
export type Takes = keyof Arguments;

/** What commands are about, in the order of the help. */
export const TOPICS = ["passkeys", "models", "policy", "plans", "people", "bot"] as const;

/** One line of the help: what to write, and what that does; what may be typed in it stands in back quotes. */
export interface HelpEntry {
  readonly usage: string;
  readonly what: string;
}

/** Where Teams offers a command, and how it describes it there. Teams shows ten in each place. */
export interface MenuEntry {
  readonly where: "everywhere" | "personal" | "shared";
  readonly description: string;
}

/** All there is to know of a command but its answer. */
export interface CommandRow {
  /** The kind of the command. Rows that give different parts may share it. */
  readonly name: string;
  /** Ways to say it, in lower case; the first is how we write it. `#` is where the number goes when not at the end. */
  readonly says: readonly [string, ...string[]];
  /** How we write it, where that is said in another row; these are other ways to say the same. */
  readonly written?: string;
  readonly takes: Takes;
  /** It changes nothing and begins nothing, so that it may be asked as a question, too. */
  readonly looks?: true;
  /** Parts of the command that follow from how it is said. */
  readonly gives?: object;
  /** Of `enable`: what the words themselves say. */
  readonly options?: Partial<EnableOptions>;
  /** Of `enable`: the groups that are named are meant alone, and one has to be. */
  readonly isOnly?: true;
  /** Of `enable`: a group's name follows at once, without a "for". */
  readonly isForGroups?: true;
  /** What follows and makes no sense is asked about. Without this it shows that the text is ordinary chat. */
  readonly asksAboutRest?: true;
  /** Said in ordinary chat as well: with a word that begins no name behind it, it is chat. */
  readonly mayBeChat?: true;
  /** No slip is looked for in these words: they are many, and begin ordinary sentences. */
  readonly isSaidExactly?: true;
  /** Where the "if" stands with the change that is asked about: `who loses sign-in if #`, `if #, who loses sign-in`. */
  readonly condition?: "behind" | "before";
  /** `from profile X` is said for `in profile X`, too. */
  readonly fromProfile?: true;
  /** `profile X` alone is said for it. */
  readonly bareProfile?: true;
  /** Without a profile it is ordinary chat. */
  readonly needsProfile?: true;
  /** A kind of passkey may be let in with the models: `with synced passkeys`. */
  readonly withKind?: true;
  readonly topic: (typeof TOPICS)[number];
  /** Empty: another row's help speaks of it. */
  readonly help: readonly HelpEntry[];
  readonly inTeamsMenu?: MenuEntry;
}

type Flat<T> = { readonly [Key in keyof T]: T[Key] };
type Given<Row> = Row extends { readonly gives: infer Parts } ? Parts : object;

/** The command that a row makes. */
export type CommandOf<Row extends CommandRow> = Row extends CommandRow
  ? Flat<{ readonly kind: Row["name"] } & Given<Row> & Arguments[Row["takes"]]>
  : never;
