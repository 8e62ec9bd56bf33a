import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

describe("commands about drift", () => {
  it.each<[string, object]>([
    ["drift", { kind: "drift" }],
    ["Show drift.", { kind: "drift" }],
    ["check for drift", { kind: "drift" }],
    ["drift 3", { kind: "show-drift", driftNumber: 3 }],
    ["show drift #3", { kind: "show-drift", driftNumber: 3 }],
    ["put back drift 3", { kind: "put-back", driftNumber: 3 }],
    ["Please put drift 3 back!", { kind: "put-back", driftNumber: 3 }],
  ])("understand %j", (text, command) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command });
  });

  it.each(["put back the chairs", "we drift 3 km a day", "put drift 3 away", "drift 0"])(
    "leave ordinary chat alone: %j",
    (text) => {
      expect(parseCommand(text)).not.toMatchObject({ kind: "command" });
    },
  );
});
