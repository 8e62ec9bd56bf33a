import { describe, expect, it } from "vitest";
import { inAscii } from "../../scripts/bundle/ascii.mjs";

const marked = "(parts, value) => parts.join(value)";

describe("code in ASCII", () => {
  it.each([
    ["a pattern", "/^[‘’“”]+$/u.test('’')"],
    ["a pattern with a letter of two units", "/^[😀–—]$/u.test('😀')"],
    ["a marked template", `((${marked}))\`✗ \${1} – ü\``],
    ["a comment", "1 /* für Ö */ + 1"],
  ])("means the same: %s", (_what, code) => {
    const ascii = inAscii(code);
    expect(ascii).toMatch(/^[\0-\x7f]*$/);
    // biome-ignore lint/security/noGlobalEval: it is code that is compared, from this file.
    expect(eval(ascii)).toEqual(eval(code));
  });

  it.each(["/\\–/", "String.raw`–`"])("is refused where an escape would mean something else: %s", (code) => {
    expect(() => inAscii(code)).toThrow("cannot be escaped");
  });
});
