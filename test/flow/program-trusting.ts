import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFolder } from "./built-bot.js";

const PROGRAM = "latchkey.mjs";
/** GlobalSign Root CA - R3 as the bundled library has it. */
const ROOT = /(GlobalSign_Root_CA_R3 = `)-----BEGIN CERTIFICATE-----[^`]+`/g;

/**
 * The bot as it is shipped, but for one of the two certificates that FIDO metadata is believed by. No setting does that,
 * and none should: so the test exchanges it in a copy of the program.
 * @param root PEM
 */
export async function programTrusting(root: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const built = buildFolder();
  const program = await readFile(join(built, PROGRAM), "utf8");
  if (program.match(ROOT)?.length !== 1) throw new Error("FIDO's root certificate stands elsewhere by now");
  const folder = await mkdtemp(join(tmpdir(), "latchkey-trusting-"));
  for (const name of await readdir(built)) {
    if (name !== PROGRAM) await symlink(join(built, name), join(folder, name));
  }
  await writeFile(
    join(folder, PROGRAM),
    program.replace(ROOT, (_, before) => `${before}${root}\``),
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
