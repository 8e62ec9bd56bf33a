import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { ConfigError, readConfig } from "../../src/config.js";

export const CLIENT_ID = "aaaaaaaa-0000-4000-8000-000000000001";
export const TENANT_ID = "bbbbbbbb-0000-4000-8000-000000000002";
export const SOMEONE = "cccccccc-0000-4000-8000-000000000003";

/** The smallest configuration of a real bot. */
export const BOT = {
  CLIENT_ID,
  TENANT_ID,
  CLIENT_SECRET: "s3cret-value",
  PUBLIC_URL: "https://latchkey.example.com",
};

/** A folder with a certificate that can be used, and two files of which each lacks a half. */
export interface CertificateFolder {
  readonly path: string;
  readonly certificate: string;
  remove(): void;
}

export async function certificateFolder(): Promise<CertificateFolder> {
  const path = mkdtempSync(join(tmpdir(), "latchkey-config-"));
  const certificate = join(path, "app.pem");
  const pair = await generate([{ name: "commonName", value: "latchkey" }]);
  writeFileSync(certificate, `${pair.private}\n${pair.cert}\n`);
  writeFileSync(join(path, "only-certificate.pem"), pair.cert);
  writeFileSync(join(path, "only-key.pem"), pair.private);
  return { path, certificate, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What start-up would name; nothing for a configuration that it takes. */
export function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
