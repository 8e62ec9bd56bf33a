import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { onTestFinished } from "vitest";
import type { SimulatedSignIn } from "./simulated-sign-in.js";

/** A PEM file with a key and a certificate that the app registration knows; there until the test ends. */
export async function registeredCertificate({ tenant }: SimulatedSignIn): Promise<string> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "latchkey" }], {
    keySize: 2048,
  });
  tenant.clientCertificates.push(cert);
  const folder = await mkdtemp(join(tmpdir(), "latchkey-certificate-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "app.pem");
  await writeFile(path, `${key}\n${cert}`);
  return path;
}
