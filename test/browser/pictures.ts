import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator } from "playwright-core";

const FOLDER = fileURLToPath(new URL("../../docs/images/", import.meta.url));

/**
 * Takes one of the documents' pictures. Only when LATCHKEY_WRITE_PICTURES is 1: a test run leaves the tree as it was.
 */
export async function picture(name: string, of: Locator): Promise<void> {
  if (process.env.LATCHKEY_WRITE_PICTURES !== "1") return;
  await mkdir(FOLDER, { recursive: true });
  // Without the pointer's shade on a button, and when everything is drawn.
  await of.page().mouse.move(1, 1);
  await of.page().waitForTimeout(400);
  await of.screenshot({ path: join(FOLDER, `${name}.png`), scale: "device" });
}
