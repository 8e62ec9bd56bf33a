import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeyMaker } from "../../simulators/entra/json-web-token.js";
import type { Certificates } from "../../simulators/http/certificates.js";
import { drawSigningKey } from "./signing-keys.js";

/** The certificates and signing keys made for this test run; the process trusts their authority from its start. */
export async function testCertificates(): Promise<Certificates & KeyMaker> {
  const folder = process.env.LATCHKEY_TEST_CERTIFICATES;
  if (folder === undefined)
    throw new Error("LATCHKEY_TEST_CERTIFICATES is not set: run the tests with vitest");
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const [caPem, key, cert] = await Promise.all([read("ca.pem"), read("key.pem"), read("cert.pem")]);
  return { caPem, key, cert, newSigningKey: () => drawSigningKey(folder) };
}
