import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeCertificates } from "../../../simulators/http/certificates.js";

describe("throw-away certificates", () => {
  test("name this machine and chain to their own authority only", async () => {
    const [one, other] = await Promise.all([makeCertificates(), makeCertificates()]);
    const server = new X509Certificate(one.cert);
    const authority = new X509Certificate(one.caPem);
    expect(server.checkHost("localhost")).toBe("localhost");
    expect(server.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(server.ca).toBe(false);
    expect(authority.ca).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.verify(new X509Certificate(other.caPem).publicKey)).toBe(false);
  });
});
