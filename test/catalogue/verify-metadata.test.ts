import { describe, expect, it } from "vitest";
import { verifyMetadata } from "../../src/catalogue/verify-metadata.js";
import type { Aaguid } from "../../src/core/policy/policy.js";
import { flipped, metadataAuthority, payload, resigned } from "./signed-metadata.js";

const ACME = "11111111-2222-4333-8444-555555555555" as Aaguid;
const authority = await metadataAuthority();
const stranger = await metadataAuthority();
const roots = [authority.root];
const now = new Date();

describe("verifying FIDO metadata", () => {
  it("reads what a trusted authority signed", async () => {
    const blob = authority.blob(payload(7, { [ACME]: { name: "Acme Key 3", statuses: ["REVOKED"] } }));
    const verified = await verifyMetadata(blob, { now, roots });
    expect(verified).toMatchObject({ kind: "verified", metadata: { number: 7, nextUpdate: "2026-12-01" } });
    if (verified.kind === "refused") expect.fail(verified.why);
    expect(verified.metadata.models.get(ACME)).toEqual({
      name: "Acme Key 3",
      kind: "security-key",
      warnings: [{ status: "REVOKED", since: "2026-01-02" }],
    });
  });

  it("trusts one of several roots", async () => {
    const verified = await verifyMetadata(authority.blob(payload(7)), {
      now,
      roots: [stranger.root, ...roots],
    });
    expect(verified.kind).toBe("verified");
  });

  it("keeps apart the roots of two that are verified at the same time", async () => {
    const blobs = [authority.blob(payload(7)), stranger.blob(payload(8))] as const;
    const both = await Promise.all(blobs.map((blob) => verifyMetadata(blob, { now, roots })));
    expect(both.map(({ kind }) => kind)).toEqual(["verified", "refused"]);
  });

  it.each([
    ["another root", stranger.blob(payload(7)), /certificates do not lead to a root we trust/],
    ["a flipped byte", flipped(authority.blob(payload(7))), /signature or its form is wrong/],
    [
      "other words under the old signature",
      resigned(authority.blob(payload(7)), authority.blob(payload(8))),
      /signature or its form is wrong/,
    ],
    ["no signature", authority.blob(payload(7)).replace(/\.[^.]*$/, "."), /signature or its form is wrong/],
    ["the algorithm none", authority.blob(payload(7), { alg: "none" }), /signature or its form is wrong/],
    [
      "a shared secret as algorithm",
      authority.blob(payload(7), { alg: "HS256" }),
      /signature or its form is wrong/,
    ],
    ["nothing", "", /no signed metadata BLOB/],
    ["a web page", "<html>Sign in to the network</html>", /no signed metadata BLOB/],
    ["no entries", authority.blob({ no: 7, nextUpdate: "2026-12-01" }), /signature or its form is wrong/],
    ["no number", authority.blob({ ...payload(7), no: "7" }), /lacks its number/],
    ["no day of the next update", authority.blob({ ...payload(7), nextUpdate: "soon" }), /lacks its number/],
  ])("refuses %s, and says why", async (_what, blob, why) => {
    const verified = await verifyMetadata(blob, { now, roots });
    expect(verified).toEqual({ kind: "refused", why: expect.stringMatching(why) });
  });

  it("refuses what the same root's authority made out to somebody else", async () => {
    const other = await metadataAuthority({ host: "www.example.com" });
    const verified = await verifyMetadata(other.blob(payload(7)), { now, roots: [other.root] });
    expect(verified).toMatchObject({ kind: "refused", why: expect.stringContaining("mds.fidoalliance.org") });
  });

  it("refuses a signer whose issuer may not issue certificates", async () => {
    const other = await metadataAuthority({ issuerMayIssue: false });
    const verified = await verifyMetadata(other.blob(payload(7)), { now, roots: [other.root] });
    expect(verified).toMatchObject({ kind: "refused", why: expect.stringContaining("may not issue") });
  });

  it("refuses certificates that have expired, by our clock and by the system's", async () => {
    const expired = await metadataAuthority({ notAfterDate: new Date(Date.now() - 86_400_000) });
    const long = new Date(Date.now() + 4_000 * 86_400_000);
    const late = await verifyMetadata(authority.blob(payload(7)), { now: long, roots });
    expect(late).toMatchObject({ kind: "refused", why: expect.stringContaining("are valid from") });
    const before = new Date(Date.now() - 2 * 86_400_000);
    const verified = await verifyMetadata(expired.blob(payload(7)), { now: before, roots: [expired.root] });
    expect(verified.kind).toBe("refused");
  });

  it("trusts nothing when no root is trusted", async () => {
    const verified = await verifyMetadata(authority.blob(payload(7)), { now, roots: [] });
    expect(verified).toMatchObject({ kind: "refused", why: expect.stringContaining("no root") });
  });

  it("refuses by default what anybody but FIDO's authority signed", async () => {
    const verified = await verifyMetadata(authority.blob(payload(7)), { now });
    expect(verified.kind).toBe("refused");
  });
});
