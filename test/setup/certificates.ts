import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "../../simulators/http/certificates.js";
import { makeSigningPairs } from "./signing-keys.js";

/**
 * Makes certificates for the whole run before any worker starts: Node reads NODE_EXTRA_CA_CERTS only once,
 * when a process begins.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-certificates-"));
  const { caPem, key, cert } = await makeCertificates(["*.behind-proxy.test"]);
  await Promise.all([
    writeFile(join(folder, "ca.pem"), caPem),
    writeFile(join(folder, "key.pem"), key, { mode: 0o600 }),
    writeFile(join(folder, "cert.pem"), cert),
  ]);
  process.env.NODE_EXTRA_CA_CERTS = join(folder, "ca.pem");
  process.env.LATCHKEY_TEST_CERTIFICATES = folder;
  const making = makeSigningPairs(folder);
  return async () => {
    await making;
    await rm(folder, { recursive: true, force: true });
  };
}
