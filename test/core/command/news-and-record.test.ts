import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const commandOf = (text: string) => {
  const parsed = parseCommand(text);
  return parsed.kind === "command" ? parsed.command : parsed;
};

describe("what is said about models", () => {
  it.each([
    "models",
    "show models",
    "list the models",
    "our models",
    "which models are revoked",
    "which keys have warnings",
    "are any of our keys compromised?",
    "unused models",
    "which models nobody uses",
    "models overview",
    "any news about models",
  ])("%s", (text) => {
    expect(commandOf(text)).toEqual({ kind: "models" });
  });
});

describe("what is said about the digest", () => {
  it.each(["digest", "show the digest", "show me the weekly report", "weekly digest", "is the digest on?"])(
    "%s",
    (text) => {
      expect(commandOf(text)).toEqual({ kind: "digest" });
    },
  );

  it.each([
    ["digest off", "off"],
    ["turn off the digest", "off"],
    ["turn the digest off", "off"],
    ["stop the weekly digest", "off"],
    ["stop posting the digest", "off"],
    ["no more digests", "off"],
    ["unsubscribe from the digest", "off"],
    ["please switch off the weekly card", "off"],
    ["digest on", "on"],
    ["turn the digest back on", "on"],
    ["resume the digest", "on"],
  ])("%s", (text, to) => {
    expect(commandOf(text)).toEqual({ kind: "turn-digest", to });
  });
});

describe("what is said about the record", () => {
  it.each([
    ["history of Pilot", { typed: "Pilot" }],
    ["history of group Pilot", { typed: "Pilot", sort: "group" }],
    ["history of the group Finance and Tax", { typed: "Finance and Tax", sort: "group" }],
    ["show me the history of profile Executives", { typed: "Executives", sort: "profile" }],
    ["history of model YubiKey 5 NFC", { typed: "YubiKey 5 NFC", sort: "model" }],
    ["what changed for Emmy Noether?", { typed: "Emmy Noether" }],
    ["history for user emmy@contoso.example", { typed: "emmy@contoso.example", sort: "person" }],
    ['history of "Group"', { typed: "Group" }],
    ["timeline of Titan", { typed: "Titan" }],
    ["history of 42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3", { typed: "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3" }],
  ])("%s", (text, asked) => {
    expect(commandOf(text)).toEqual({ kind: "history-of", ...asked });
  });

  it.each(["history", "history 20", "show history", "history for the last week"])(
    "is not the history of one thing: %s",
    (text) => {
      expect(commandOf(text)).not.toMatchObject({ kind: "history-of" });
    },
  );

  it.each(["evidence of the rollout", "evidence for all plans", "give me the evidence for the rollout"])(
    "%s",
    (text) => {
      expect(commandOf(text)).toEqual({ kind: "evidence-of-rollout" });
    },
  );
});
