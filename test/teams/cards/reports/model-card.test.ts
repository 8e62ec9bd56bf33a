import { describe, expect, it } from "vitest";
import { NO_AAGUID } from "../../../../src/core/policy/policy.js";
import type { KnownModel, WhatIs } from "../../../../src/core/report/what-is.js";
import { modelCard } from "../../../../src/teams/cards/reports/model-card.js";
import { model, use } from "../../../core/report/fake-reports.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { pretty, words } from "../card-words.js";
import { found, NEO, NFC } from "../scan/sample-scans.js";

const NEO_MODEL = model(NEO, "YubiKey NEO", {
  vendor: "Yubico",
  certification: "FIDO Certified L1",
  warnings: [{ status: "USER_VERIFICATION_BYPASS", since: "2025-03-01" }, { status: "SOMETHING_NEW" }],
});
const known = (changes: Partial<KnownModel> = {}): KnownModel => ({
  model: NEO_MODEL,
  allowed: "yes",
  use: use(NEO, 12, { passkeys: 14 }),
  ...changes,
});
const report = (models: readonly KnownModel[] = [known()]): WhatIs => ({
  kind: "what-is",
  models,
  inventory: found(),
});

describe("the card of a model", () => {
  it("looks like this", async () => {
    await expect(pretty(modelCard(report()))).toMatchFileSnapshot("../snapshots/model.snap");
    expect(cardProblems(modelCard(report()))).toEqual([]);
  });

  it("says who makes it, what it is, who vouches for that, and what it means here", () => {
    const said = words(modelCard(report()));
    for (const part of [
      "Yubico",
      "security key",
      "FIDO Certified L1",
      "the FIDO Alliance's metadata",
      "12 people with 14 passkeys, by the scan of",
      `AAGUID ${NEO}`,
    ]) {
      expect(said).toContain(part);
    }
  });

  it("puts warnings first, in words and as they are written", () => {
    const said = words(modelCard(report()));
    expect(said).toContain(
      "⚠ user verification can be bypassed (USER_VERIFICATION_BYPASS), since 2025-03-01",
    );
    expect(said).toContain("⚠ something new (SOMETHING_NEW)");
    expect(said.indexOf("⚠")).toBeLessThan(said.indexOf("Yubico"));
  });

  it("says what is not known rather than leaving it out", () => {
    const strange = known({
      model: model(NFC, "Unknown model", { kind: "unknown", source: "nobody" }),
      allowed: "unknown",
    });
    const { inventory: _, ...unscanned } = report([strange]);
    const said = words(modelCard(unscanned));
    expect(said).toContain("no list has this AAGUID");
    expect(said).toMatch(/Allowed today\nnot known/);
    expect(said).toContain("no scan has been made yet");
  });

  it("explains zeros instead of taking them for a model", () => {
    const zeros = known({
      model: model(NO_AAGUID, "Passkey that names no model (no AAGUID)"),
      allowed: "no",
    });
    const said = words(modelCard(report([zeros])));
    expect(said).toContain("This AAGUID names no model.");
    expect(said).toContain("never put on an allow list");
    expect(said).not.toContain(`allow ${NO_AAGUID}`);
  });

  it.each<[Partial<KnownModel>, string]>([
    [{ allowed: "no", model: model(NFC, "YubiKey 5 NFC") }, `allow ${NFC}`],
    [{ allowed: "yes", model: model(NFC, "YubiKey 5 NFC") }, `who uses ${NFC}`],
    // Nobody is led to allow what the FIDO Alliance warns of.
    [{ allowed: "no" }, `who uses ${NEO}`],
  ])("ends with what to say next", (changes, command) => {
    expect(words(modelCard(report([known(changes)])))).toMatch(new RegExp(`Next: \\n${command}\\n or`));
  });

  it("lists several models of one name with their AAGUIDs, and stays small with hundreds", () => {
    const several = report(
      Array.from({ length: 300 }, (_, at) =>
        known({ model: { ...NEO_MODEL, aaguid: `${String(at).padStart(8, "0")}${NEO.slice(8)}` as never } }),
      ),
    );
    const card = modelCard(several);
    expect(words(card)).toContain("300 models have this name");
    expect(words(card)).toContain("00000004-");
    expect(words(card)).toContain("and 255 more");
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
    expect(cardProblems(card)).toEqual([]);
  });
});
