import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const TITAN = "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3";
const BIO = "d8522d9f-575b-4866-88a9-ba99fa02f35b";

function modelsIn(text: string): readonly string[] | undefined {
  const parsed = parseCommand(text);
  return parsed.kind === "command" && parsed.command.kind === "allow" ? parsed.command.models : undefined;
}

describe("a list of models", () => {
  it.each<[string, string]>([
    ["lines", `allow\n${TITAN}\n${BIO}`],
    ["lines of Windows", `allow:\r\n${TITAN}\r\n\r\n${BIO}\r\n`],
    ["commas", `allow ${TITAN}, ${BIO}`],
    ["commas with blanks before them", `allow ${TITAN} , ${BIO}`],
    ["semicolons", `allow ${TITAN};${BIO}`],
    ["semicolons with blanks", `allow ${TITAN}; ${BIO};`],
    ["blanks", `allow ${TITAN} ${BIO}`],
    ["tabs", `allow ${TITAN}\t${BIO}`],
    ["bullets", `allow:\n- ${TITAN}\n- ${BIO}`],
    ["bullets on one line", `allow • ${TITAN} • ${BIO}`],
    ["numbers", `allow:\n1) ${TITAN}\n2. ${BIO}`],
    ["ticks", `allow:\n- [ ] ${TITAN}\n- [x] ${BIO}`.replace("[ ]", "[]")],
    ["braces", `allow {${TITAN}}, {${BIO}}`],
    ["brackets", `allow (${TITAN}, ${BIO})`],
    ["JSON", `allow ["${TITAN}","${BIO}"]`],
    ["JSON on lines", `allow [\n  "${TITAN}",\n  "${BIO}"\n]`],
    ["quotes", `allow '${TITAN}' "${BIO}"`],
    ["URNs", `allow urn:uuid:${TITAN} urn:uuid:${BIO}`],
    ["without hyphens", `allow ${TITAN.replaceAll("-", "")}\n${BIO.replaceAll("-", "").toUpperCase()}`],
    ["with blanks for hyphens", `allow ${TITAN.replaceAll("-", " ")}\n${BIO.replaceAll("-", " ")}`],
    ["and", `allow ${TITAN} and ${BIO}`],
    ["ampersand", `allow ${TITAN} & ${BIO}`],
    ["announced", `allow these:\n${TITAN}\n${BIO}`],
    ["announced at length", `please allow the following two keys:\n${TITAN}\n${BIO}\nthank you`],
    ["announced without a colon", `allow these AAGUIDs ${TITAN} ${BIO}`],
    ["named", `allow AAGUID: ${TITAN}\nAAGUID: ${BIO}`],
    ["named otherwise", `allow aaguid=${TITAN}, AAGUID ${BIO}`],
    ["named by what they are", `allow the key ${TITAN} and the key ${BIO}`],
    ["a column with its title", `allow AAGUID\n${TITAN}\n${BIO}`],
    ["one command a line", `allow ${TITAN}\nallow ${BIO}`],
    ["a row of a table in bars", `allow\n| AAGUID |\n| ${TITAN} |\n| ${BIO} |`],
  ])("is read with %s", (_, text) => {
    expect(modelsIn(text)).toEqual([TITAN, BIO]);
  });

  it.each<[string, string, readonly string[]]>([
    [
      "CSV with titles",
      `allow\nName,AAGUID\n"Google Titan Security Key v2",${TITAN}\n"YubiKey Bio",${BIO}`,
      [`Google Titan Security Key v2 ${TITAN}`, `YubiKey Bio ${BIO}`],
    ],
    [
      "columns with titles",
      `allow\nModel\tAAGUID\tPeople\nTitan v2\t${TITAN}\t7\nBio\t${BIO}\t2`,
      [`Titan v2 ${TITAN}`, `Bio ${BIO}`],
    ],
    ["columns without titles", `allow\nTitan v2\t${TITAN}\nBio\t${BIO}`, [`Titan v2 ${TITAN}`, `Bio ${BIO}`]],
    ["names with titles", "allow\nName,Vendor\nTitan v2,Google\nNymi Band,Nymi", ["Titan v2", "Nymi Band"]],
    ["names on lines", "allow\nTitan v2\nSolo 2", ["Titan v2", "Solo 2"]],
    ["names in JSON", 'allow ["Titan v2","Solo 2"]', ["Titan v2", "Solo 2"]],
    ["names with bullets", "allow:\n* Titan v2\n* Solo (USB-A, NFC)", ["Titan v2", "Solo (USB-A, NFC)"]],
  ])("keeps names, and the name beside an AAGUID with it: %s", (_, text, models) => {
    expect(modelsIn(text)).toEqual(models);
  });

  it.each<[string, readonly string[]]>([
    // What is wrong with them is said when they are looked up.
    [
      `allow\n${TITAN}\n42b4fb4a-2866-43b2-9bf7-zzzzzzzzzzzz`,
      [TITAN, "42b4fb4a-2866-43b2-9bf7-zzzzzzzzzzzz"],
    ],
    [`allow ${TITAN} not ${BIO}`, [TITAN, "not", BIO]],
    [`allow ${TITAN}\nbut not ${BIO}`, [TITAN, "but not", BIO]],
  ])("loses nothing of what makes no sense: %j", (text, models) => {
    expect(modelsIn(text)).toEqual(models);
  });

  it("says on which line an entry stands, where there is more than one", () => {
    expect(parseCommand(`remove these:\n\n${TITAN}\nTitan v2, Solo 2`)).toEqual({
      kind: "command",
      command: { kind: "remove", models: [TITAN, "Titan v2", "Solo 2"], lines: [3, 4, 4] },
    });
  });

  it("takes 500 entries in 64 KB", () => {
    const entries = Array.from(
      { length: 500 },
      (_, at) =>
        `"Key of the house number ${at}",${at.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`,
    );
    const text = `allow\n${entries.join("\n")}`;
    expect(text.length).toBeGreaterThan(30_000);
    expect(modelsIn(text)).toHaveLength(500);
  });

  it.each(["allow", "allow aaguid", "allow the key", "allow these keys:"])(
    "asks for the model when nothing but what announces one is said: %s",
    (text) => {
      expect(parseCommand(text)).toMatchObject({ kind: "reply", reply: { code: "model-missing" } });
    },
  );
});

describe("other words for a change of the list", () => {
  it.each<[string, string]>([
    ["permit Titan v2", "allow"],
    ["whitelist Titan v2", "allow"],
    ["unblock Titan v2", "allow"],
    ["add Titan v2 to the allow list", "allow"],
    ["let people use Titan v2", "allow"],
    ["put Titan v2 on the allow list", "allow"],
    ["take Titan v2 off the block list", "allow"],
    ["block Titan v2", "remove"],
    ["ban Titan v2", "remove"],
    ["blacklist: Titan v2", "remove"],
    ["delete Titan v2", "remove"],
    ["take Titan v2 off the list", "remove"],
    ["take Titan v2 off", "remove"],
    ["remove Titan v2 from the list", "remove"],
    ["remove Titan v2 from the allow list", "remove"],
    ["add Titan v2 to the block list", "remove"],
  ])("%s", (text, kind) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command: { kind, models: ["Titan v2"] } });
  });

  it.each(["allow everything", "allow any key", "permit all models", "allow all of the keys"])(
    "asks whether those in use or any at all are meant by %j",
    (text) => {
      expect(parseCommand(text)).toEqual({ kind: "reply", reply: { code: "which-models" } });
    },
  );

  it("keeps the profile that is named with it", () => {
    expect(parseCommand("remove Titan v2 from the list in profile Staff")).toEqual({
      kind: "command",
      command: { kind: "remove", models: ["Titan v2"], profile: "Staff" },
    });
  });

  it.each([
    "block my calendar",
    "delete this message",
    "take a day off",
    "ban him",
    "let people use their phones",
  ])("leaves %j alone, which is about something else", (text) => {
    expect(parseCommand(text)).toMatchObject({ kind: "ignored" });
  });
});
