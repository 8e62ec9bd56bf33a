import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator } from "playwright-core";

const FOLDER = fileURLToPath(new URL("../../docs/images/", import.meta.url));
/** In CSS pixels: more than any card of the stories. */
const TALL = 2_400;

/**
 * Takes one of the documents' pictures. Only when LATCHKEY_WRITE_PICTURES is 1: a test run leaves the tree as it was.
 */
export async function picture(name: string, of: Locator): Promise<void> {
  if (process.env.LATCHKEY_WRITE_PICTURES !== "1") return;
  await mkdir(FOLDER, { recursive: true });
  // Without the pointer's shade on a button, and when everything is drawn.
  const page = of.page();
  await page.mouse.move(1, 1);
  // A card taller than the window would be drawn with the window's own bars over it.
  const size = page.viewportSize();
  if (size !== null) await page.setViewportSize({ ...size, height: TALL });
  await page.waitForTimeout(400);
  await of.screenshot({ path: join(FOLDER, `${name}.png`), scale: "device" });
  if (size !== null) await page.setViewportSize(size);
}
