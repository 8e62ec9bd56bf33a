import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SettingsService } from "@simplewebauthn/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.js";
import { verifyMetadata } from "../../src/catalogue/verify-metadata.js";
import type { Aaguid } from "../../src/core/policy/policy.js";
import { flipped, metadataAuthority } from "./signed-metadata.js";

const GENUINE = join(process.cwd(), "../shared/data/mds-blob-122.jwt");
/** When its certificates were valid and no newer one was published. */
const THEN = new Date("2024-12-20T12:00:00Z");

// Before anything sets others.
const roots = SettingsService.getRootCertificates({ identifier: "mds" });
const found = await readFile(GENUINE, "utf8").catch(() => undefined);
const stranger = await metadataAuthority();

describe("the roots that are trusted by default", () => {
  it("are GlobalSign R3 and R46, by fingerprint", () => {
    expect(roots.map((pem) => new X509Certificate(pem).fingerprint256.replaceAll(":", ""))).toEqual([
      "CBB522D7B7F127AD6A0113865BDF1CD4102E7D0759AF635A7CF4720DC963C53B",
      "4FA3126D8D3A11D1C4855A4F807CBAD6CF919D3A5A88B03BEA2C6372D93C40C9",
    ]);
  });
});

describe("FIDO's own metadata, number 122", () => {
  let blob: string;
  beforeEach((ctx) => {
    if (found === undefined) return ctx.skip("skipped: not present");
    blob = found;
    // The library asks the system's clock.
    vi.useFakeTimers({ toFake: ["Date"], now: THEN });
    // Its certificates name lists of revoked ones, on the network.
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("there is no network in this test")));
    return undefined;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is verified without a network, and names and certifies models", async () => {
    const verified = await verifyMetadata(blob, { now: new Date() });
    if (verified.kind === "refused") expect.fail(verified.why);
    expect(verified.metadata).toMatchObject({ number: 122, nextUpdate: "2025-01-01" });
    expect(verified.metadata.models.size).toBe(189);
    const { model } = catalogue({ current: () => verified.metadata });
    expect(model("2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid)).toEqual({
      aaguid: "2fc0579f-8113-47ea-b116-bb5a8db9202a",
      name: "YubiKey 5 Series with NFC",
      vendor: "Yubico",
      kind: "security-key",
      certification: "FIDO Certified L1",
      firmware: "5.2 and 5.4",
      warnings: [],
      source: "fido",
    });
    expect(model("ba86dc56-635f-4141-aef6-00227b1b9af6" as Aaguid)).toMatchObject({
      name: "TruU Windows Authenticator",
      kind: "platform",
      warnings: [{ status: "REVOKED", since: "2023-12-20" }],
    });
    expect(model("08987058-cadc-4b81-b6e1-30de50dcbe96" as Aaguid)).toMatchObject({
      name: "Windows Hello (hardware)",
      kind: "platform",
      certification: "FIDO Certified L1",
      source: "microsoft",
    });
  });

  it.each([
    ["with a flipped byte", () => flipped(blob), undefined, /signature or its form is wrong/],
    ["when another root is trusted", () => blob, [stranger.root], /do not lead to a root we trust/],
  ])("is refused %s", async (_what, made, trusted, why) => {
    const verified = await verifyMetadata(made(), { now: new Date(), roots: trusted });
    expect(verified).toEqual({ kind: "refused", why: expect.stringMatching(why) });
  });

  it("is refused once its certificate has expired", async () => {
    vi.setSystemTime(new Date("2025-07-29T00:00:00Z"));
    const verified = await verifyMetadata(blob, { now: new Date() });
    expect(verified).toEqual({ kind: "refused", why: expect.stringContaining("Jul 28 20:17:03 2025") });
  });
});
