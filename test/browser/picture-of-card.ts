import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

/** Good enough to read the smallest letters. */
const QUALITY = 45;
const GAP = 12;

/**
 * Several pictures of one card in one file, beside each other. WebP, which the browser makes itself and which takes a
 * fifth of the bytes.
 */
export async function writeTogether(page: Page, pictures: readonly Buffer[], file: string): Promise<void> {
  const images = pictures.map((png) => `<img src="data:image/png;base64,${png.toString("base64")}">`);
  await page.setContent(
    `<body style="margin:0;padding:${GAP}px;background:#888;display:inline-flex;gap:${GAP}px;align-items:flex-start">${images.join("")}</body>`,
  );
  await page.evaluate("Promise.all([...document.images].map((image) => image.decode())).then(() => true)");
  const [width, height] = (await page.evaluate(
    "[document.body.offsetWidth, document.body.offsetHeight]",
  )) as [number, number];
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  await session.detach();
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, Buffer.from(data, "base64"));
}
