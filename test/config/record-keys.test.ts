import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EnvReader } from "../../src/config/env-reader.js";
import { readRecordKeys } from "../../src/config/record-keys.js";

const HEX = "a1".repeat(32);
const BASE64 = Buffer.alloc(32, 7).toString("base64");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-keys-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(env: NodeJS.ProcessEnv) {
  const reader = new EnvReader(env);
  const keys = readRecordKeys(reader);
  return { keys: keys.map(({ from, key }) => [from, key.reveal()]), problems: reader.problems };
}
const file = (text: string): string => {
  const path = join(folder, "keys");
  writeFileSync(path, text);
  return path;
};

describe("the keys of the record", () => {
  it("are none, one from the first record on, or several by number, in hex or base64", () => {
    expect(read({})).toEqual({ keys: [], problems: [] });
    expect(read({ RECORD_KEY: HEX })).toEqual({ keys: [[1, HEX]], problems: [] });
    const both = {
      keys: [
        [12, HEX],
        [900, "07".repeat(32)],
      ],
      problems: [],
    };
    expect(read({ RECORD_KEY: `12:${HEX},900:${BASE64}` })).toEqual(both);
    expect(read({ RECORD_KEY_FILE: file(`12:${HEX}\n900:${BASE64}\n`) })).toEqual(both);
  });

  it.each<[string, () => NodeJS.ProcessEnv, string]>([
    ["a short one", () => ({ RECORD_KEY: "a1".repeat(31) }), "holds something that is no key"],
    [
      "a passphrase",
      () => ({ RECORD_KEY: "correct horse battery staple" }),
      "holds something that is no key",
    ],
    ["number 0", () => ({ RECORD_KEY: `0:${HEX}` }), "holds something that is no key"],
    [
      "two for one number",
      () => ({ RECORD_KEY: `5:${HEX},5:${BASE64}` }),
      "two keys from the same record on",
    ],
    ["the same twice", () => ({ RECORD_KEY: `5:${HEX},9:${HEX}` }), "the same key twice"],
    ["both variables", () => ({ RECORD_KEY: HEX, RECORD_KEY_FILE: file(HEX) }), "are both set"],
    ["a file that is not there", () => ({ RECORD_KEY_FILE: join(folder, "gone") }), "ENOENT"],
    ["an empty file", () => ({ RECORD_KEY_FILE: file("") }), "holds something that is no key, or none"],
    ["a file of blanks", () => ({ RECORD_KEY_FILE: file("\n") }), "holds something that is no key, or none"],
  ])("are refused with what is wrong, and without the key: %s", (_, env, words) => {
    const { problems } = read(env());
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(problems.join()).not.toMatch(/a1a1|horse/);
  });

  it("are printed by nothing", () => {
    const keys = readRecordKeys(new EnvReader({ RECORD_KEY: HEX }));
    expect(`${inspect(keys, { depth: 9 })} ${JSON.stringify(keys)}`).not.toContain("a1a1");
  });
});
