import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const about = (person: string) => ({ kind: "command", command: { kind: "person", person } });

describe("a question about one person", () => {
  it.each([
    ["show Emmy Noether", "Emmy Noether"],
    ["Show me Emmy Noether.", "Emmy Noether"],
    ["show emmy.noether@kestrelmarine.example", "emmy.noether@kestrelmarine.example"],
    ["show 0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e"],
    ["which keys does Emmy Noether have?", "Emmy Noether"],
    ["what passkeys does emmy have", "emmy"],
    ["Emmy Noether's passkeys", "Emmy Noether"],
    ["show Emmy's keys", "Emmy"],
    ["does Alan Turing have a passkey?", "Alan Turing"],
    ["has Alan Turing registered?", "Alan Turing"],
    ["why can't Alan use his key", "Alan"],
    ["why can’t Alan Turing sign in with his key?", "Alan Turing"],
    ["why cannot O'Brien log in", "O'Brien"],
    ["Alan says his key does not work", "Alan"],
    ["Alan Turing can't sign in, why?", "Alan Turing"],
    ["why is Emmy's key blocked?", "Emmy"],
    ["why doesn't Emmy Noether's key work", "Emmy Noether"],
    ["Why isn't Alan's passkey working?", "Alan"],
    ["what's wrong with Emmy's passkey?", "Emmy"],
    ["is Emmy's key allowed", "Emmy"],
    ["Emmy Noether's key doesn't work", "Emmy Noether"],
    ["why can Emmy not sign in", "Emmy"],
    ["why is Emmy Noether locked out", "Emmy Noether"],
    ["what blocks Emmy Noether?", "Emmy Noether"],
  ])("%j", (text, person) => {
    expect(parseCommand(text)).toEqual(about(person));
  });

  it.each([
    "which keys do I have?",
    "my keys",
    "show my passkeys",
    "what have I registered",
    "why can't I use my key?",
    "why doesn't my passkey work",
  ])("%j is about oneself", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command: { kind: "person", self: true } });
  });

  it.each([
    ["show 12", { kind: "command", command: { kind: "show", planNumber: 12 } }],
    ["show policy", { kind: "command", command: { kind: "show-policy" } }],
    ["SHOW POLICY", { kind: "command", command: { kind: "show-policy" } }],
    ["Show Pending", { kind: "command", command: { kind: "pending" } }],
    ["show polcy", { kind: "reply", reply: { code: "did-you-mean", suggestion: "show policy" } }],
    ["Show Polcy", { kind: "reply", reply: { code: "did-you-mean", suggestion: "show policy" } }],
    ["show the money", { kind: "ignored" }],
    ["why can't we have nice things", { kind: "ignored" }],
    ["why is everything blocked", { kind: "ignored" }],
    ["what stops us", { kind: "ignored" }],
    ["why is the build failing", { kind: "ignored" }],
    ["who is going to the party", { kind: "ignored" }],
    ["my keys are on the table", { kind: "ignored" }],
  ])("%j is not", (text, parsed) => {
    expect(parseCommand(text)).toMatchObject(parsed);
  });
});
