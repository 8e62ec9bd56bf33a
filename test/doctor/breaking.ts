import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { makeCertificates } from "../../simulators/http/certificates.js";
import { startLoopbackServer } from "../../simulators/http/loopback-server.js";
import { startConnectProxy } from "../outbound/connect-proxy.js";
import type { CheckedWorld } from "./checked-world.js";

export const STRANGER = "99999999-0000-4000-8000-000000000009";

/** What a row started; closed after each. */
export const also: { close(): Promise<void> }[] = [];

/** What is broken; what alone is to be blamed for it, and how the words begin that mend it. */
export interface Row {
  readonly broken: string;
  readonly breakIt: (world: CheckedWorld) => unknown;
  readonly blamed: string;
  /** `missing` when left out. */
  readonly as?: "attention" | "not-needed";
  readonly found: RegExp;
  readonly mend: RegExp;
}

export const revoked = (name: string): Row => ({
  broken: `the permission ${name} is not granted`,
  breakIt: ({ tenant }) => tenant.consents.application.delete(name),
  blamed: `permission:${name}`,
  found: /Graph says no|not granted/,
  mend: new RegExp(`application permission ${name} .*npm run entra-app`),
});

export const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (world: CheckedWorld) => {
    world.front = { ...world.front, bot: (_, response) => void response.writeHead(status, headers).end() };
  };

export async function nowhere(): Promise<string> {
  const gone = await startConnectProxy("nowhere.test");
  await gone.close();
  return new URL(gone.url).origin;
}

export async function untrusted(): Promise<string> {
  const server = await startLoopbackServer({
    certificates: await makeCertificates(),
    answer: async (_, response) => void response.end(),
  });
  also.push(server);
  return server.url;
}

export async function certificateIn(world: CheckedWorld, days: { from: number; to: number }) {
  const at = (days: number) => new Date(Date.now() + days * 86_400_000);
  const pair = await generate([{ name: "commonName", value: "latchkey" }], {
    notBeforeDate: at(days.from),
    notAfterDate: at(days.to),
  });
  const path = join(world.env.DATA_DIR ?? "", "app.pem");
  mkdirSync(world.env.DATA_DIR ?? "", { recursive: true });
  writeFileSync(path, `${pair.private}\n${pair.cert}\n`);
  delete world.env.CLIENT_SECRET;
  world.env.CLIENT_CERTIFICATE_PATH = path;
  return pair.cert;
}

/** A backup that says so many days of itself, beside a file that is none. */
export async function backupIn({ env }: CheckedWorld, daysAgo: number): Promise<void> {
  const folder = join(env.DATA_DIR ?? "", "..", "backups");
  mkdirSync(folder);
  const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const header = { latchkey: "backup", format: 1, at, migrations: [] };
  writeFileSync(join(folder, "old.backup.gz"), gzipSync(`${JSON.stringify(header)}\n`));
  writeFileSync(join(folder, "photos.tar.gz"), gzipSync("photos"));
  writeFileSync(join(folder, "cut-off.gz"), "");
  env.BACKUP_DIR = folder;
}
