import { describe, expect, it } from "vitest";
import { aaguidSlip, typedAaguid } from "../../../src/core/policy/typed-aaguid.js";

const TITAN = "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3";

describe("an AAGUID as it is pasted", () => {
  it.each([
    TITAN,
    TITAN.toUpperCase(),
    TITAN.replaceAll("-", ""),
    TITAN.replaceAll("-", " "),
    `{${TITAN}}`,
    `("${TITAN}")`,
    `AAGUID: ${TITAN}`,
    `aaguid=${TITAN}`,
    `"aaguid":"${TITAN}"`,
    `urn:uuid:${TITAN}`,
    `${TITAN}.`,
  ])("%s is read", (text) => {
    expect(typedAaguid(text)).toBe(TITAN);
    expect(aaguidSlip(text)).toBeUndefined();
  });

  it.each<[string, object]>([
    [TITAN.slice(0, -1), { kind: "digits", digits: 31 }],
    [`${TITAN}3`, { kind: "digits", digits: 33 }],
    ["42b4fb4a-2866-43b2-9bf7", { kind: "digits", digits: 20 }],
    [`AAGUID: ${TITAN.slice(1)}`, { kind: "digits", digits: 31 }],
    [`${TITAN.slice(0, -1)}g`, { kind: "letter", letter: "g" }],
    ["42b4fb4a-2866-43b2-9bf7-zzzzzzzzzzzz", { kind: "letter", letter: "z" }],
    ["42b4fb4-a2866-43b2-9bf7-6c6669c2e5d3", { kind: "hyphens" }],
    [TITAN.replaceAll("-", "").slice(1), { kind: "digits", digits: 31 }],
  ])("says what is wrong with %s", (text, slip) => {
    expect(typedAaguid(text)).toBeUndefined();
    expect(aaguidSlip(text)).toEqual(slip);
  });

  it.each([
    "YubiKey 5 NFC",
    "ePass",
    "not-a-key",
    "a-b-c",
    "T2F2-NFC-Slim",
    "AAGUID",
    "",
    "x".repeat(70_000),
  ])("takes %s for something else", (text) => {
    expect(typedAaguid(text)).toBeUndefined();
    expect(aaguidSlip(text)).toBeUndefined();
  });
});
