import { describe, expect, it } from "vitest";
import type { CommandRow, Takes } from "../../../src/core/command/command-row.js";
import { COMMANDS } from "../../../src/core/command/commands.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";

/** What may follow a command's words. */
const SAMPLE: Readonly<Record<Takes, string>> = {
  nothing: "",
  everybody: "",
  planNumber: " 12",
  driftNumber: " 3",
  count: " 20",
  models: " Nymi Band",
  profile: " in profile Staff",
  oneModel: " Nymi Band",
  enableOptions: " for group Pilot",
  groups: " Pilot",
  assignment: " Synced to Pilot",
  exchange: " Pilot to Helpdesk",
  keyModel: " YubiKeys",
  change: " remove Nymi Band",
  platform: " ios",
  topic: " models",
  audience: " the guide to Pilot",
  person: " Emmy Noether",
  fullName: " Emmy Noether",
  possessive: " Emmy Noether's",
  trouble: " Emmy sign in",
  concept: " attestation",
  profileName: " Staff",
  groupName: " Pilot",
  subject: " group Pilot",
  anything: " Staff",
  decision: " 12",
  newProfile: " Executives synced",
  renaming: " Synced to Cloud",
  kind: " synced passkeys",
  otherKind: " synced passkeys",
  compared: "",
  everybodysProfile: " Synced",
  promotion: " to Finance",
  stages: " Pilot, IT, everyone",
};
const ROWS: readonly CommandRow[] = COMMANDS;
// A question about a change is read by its "if", whatever stands before that.
const sayings = ROWS.filter(({ takes, isSaidExactly }) => takes !== "change" && !isSaidExactly).map(
  ({ says: [said], takes }) => [said, SAMPLE[takes]] as const,
);

/** The phrase with two neighbouring letters swapped, for each place where that makes a difference. */
function swapped(said: string): readonly string[] {
  return [...said].flatMap((letter, at) => {
    const next = said[at + 1];
    const isSwap = next !== undefined && next !== letter && ![letter, next].includes(" ");
    return isSwap ? [said.slice(0, at) + next + letter + said.slice(at + 2)] : [];
  });
}

const didYouMean = (suggestion: string) => ({ kind: "reply", reply: { code: "did-you-mean", suggestion } });

describe("a command with two letters swapped", () => {
  it.each(sayings)("%j is asked back, whichever letters they are", (said, sample) => {
    const texts = swapped(said);
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.map((text) => parseCommand(text + sample))).toEqual(
      texts.map(() => didYouMean(said + sample)),
    );
  });
});

describe("a near miss", () => {
  it.each<[string, string]>([
    ["evidense 12", "evidence 12"],
    ["evidnce for plan #12", "evidence 12"],
    ["give me the evidnece 12", "evidence 12"],
    ["histroy 20", "history 20"],
    ["show histroy of the last 25 plans", "history 25"],
    ["drfit 3", "drift 3"],
    ["show drfit #3", "drift 3"],
    ["put bakc drift 3", "put back drift 3"],
    ["put drfit 3 bakc", "put back drift 3"],
    ["apporve 12", "approve 12"],
    ["rejcet plan 12", "reject 12"],
    ["who usse titan", "who uses titan"],
    ["who ueses titan", "who uses titan"],
    ["who use Nymi Band", "who uses Nymi Band"],
    ["remvoe titan", "remove titan"],
    ["alow all key in use", "allow keys in use"],
    ["paln 12", "show 12"],
  ])("%j is asked back, whatever it takes", (text, suggestion) => {
    expect(parseCommand(text)).toEqual(didYouMean(suggestion));
  });

  it.each<[string, string]>([
    ["enable pass keys for group Pilot", "enable passkeys for group Pilot"],
    ["putback drift 3", "put back drift 3"],
    ["keys inuse", "keys in use"],
    ["showpolicy", "show policy"],
  ])("may be a space too many or too few: %j", (text, suggestion) => {
    expect(parseCommand(text)).toEqual(didYouMean(suggestion));
  });

  it.each<[string, string]>([
    ["turn off passkys for group Pilot", "disable passkeys for group Pilot"],
    ["diasble passkeys tomorrow", "disable passkeys tomorrow"],
    ["deactivat passkeys", "disable passkeys"],
    ["turn of passkeys", "disable passkeys"],
  ])("of turning passkeys off is never taken for turning them on: %j", (text, suggestion) => {
    expect(parseCommand(text)).toEqual(didYouMean(suggestion));
  });

  it.each(['"disable passkeys"', '"undo 12"', '"put back drift 3"', '"show" policy'])(
    "is what stands in quotes: %s",
    (text) => {
      expect(parseCommand(text)).toEqual(didYouMean(text.replaceAll('"', "")));
    },
  );

  it.each([
    "that is great",
    "remote desktop is down",
    "who has a key?",
    "drift apart",
    "who ueses it",
    "who used titan of all the ones over there",
    "apporve of this",
    "evidense suggests otherwise",
    "put back the charis",
    "histroy repeats itself",
    '"disable passkeys" is what the mail says',
    "why did you put back drift 3",
    "42",
  ])("is not found in ordinary chat: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });
});

describe("a number that is none", () => {
  it.each([
    ["put back drift", ""],
    ["put back drift 0", "0"],
    ["drift 3x", "3x"],
  ])("is asked about for a drift, too: %j", (text, given) => {
    const command = text.startsWith("put") ? "put back drift" : "drift";
    expect(parseCommand(text)).toEqual({
      kind: "reply",
      reply: { code: "drift-number-missing", command, given },
    });
  });
});
