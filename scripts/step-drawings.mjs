// `node scripts/step-drawings.mjs`: draws the steps of the guides, and writes them as they stand in a card. Teams shows
// PNG, JPEG and GIF, also as data in the card itself, so no address has to be reached for them. Two colours and what
// lies between keep each below a kilobyte: a card may have 28.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const TILE = [232, 235, 250];
const INK = [70, 74, 176];
const SIDE_PIXELS = 80;
/** Shades from tile to ink; the sixteenth colour is none, for the corners. */
const SHADES = 15;

const PHONE = '<rect x="15" y="6" width="18" height="36" rx="3"/><path d="M22 38h4"/>';
const KEY =
  '<rect x="7" y="18" width="24" height="13" rx="3"/><rect x="31" y="20.5" width="9" height="8"/><circle cx="14" cy="24.5" r="2.5"/>';

/** Each in a square of 48, drawn with one pen. */
const DRAWINGS = {
  version: `${PHONE}<path d="M24 14v14m-5-5l5 5l5-5"/>`,
  switch:
    '<rect x="7" y="15" width="34" height="18" rx="9"/><circle cx="32" cy="24" r="5.5" fill="currentColor"/>',
  account: '<circle cx="20" cy="17" r="6.5"/><path d="M8 38c1-8 6-11 12-11s11 3 12 11M37 10v10m-5-5h10"/>',
  "sign-in":
    '<rect x="7" y="16" width="34" height="16" rx="3"/><path d="M14 24h.01M21 24h.01M28 24h.01" stroke-width="5"/><path d="M34 20v8"/>',
  biometric:
    '<path d="M8 16v-5a3 3 0 0 1 3-3h5M32 8h5a3 3 0 0 1 3 3v5M40 32v5a3 3 0 0 1-3 3h-5M16 40h-5a3 3 0 0 1-3-3v-5M18 19v3M30 19v3M24 20v6h-2M17 30c4 4 10 4 14 0"/>',
  computer:
    '<rect x="9" y="9" width="30" height="21" rx="2"/><path d="M5 37h38"/><path d="M17 14h5v5h-5zM26 14h5v5h-5zM17 22h5v4h-5zM27 23h.01M31 26h.01"/>',
  web: '<rect x="6" y="9" width="36" height="30" rx="3"/><path d="M6 18h36M11 13.5h.01M15 13.5h.01"/><path d="M12 25h16M12 31h10"/>',
  add: '<rect x="6" y="9" width="36" height="30" rx="3"/><path d="M24 17v14m-7-7h14"/>',
  key: `${KEY}<path d="M21 8v5M12 10l3 4M30 10l-3 4"/>`,
  spare: '<path d="M24 6l15 5v11c0 9-6 16-15 20c-9-4-15-11-15-20V11z"/><path d="M17 24l5 5l9-10"/>',
};

function png(shades) {
  const bytesInRow = SIDE_PIXELS / 2;
  const rows = Buffer.alloc(SIDE_PIXELS * (bytesInRow + 1));
  for (let y = 0; y < SIDE_PIXELS; y += 1) {
    for (let x = 0; x < SIDE_PIXELS; x += 2) {
      const [left, right] = [shades[y * SIDE_PIXELS + x], shades[y * SIDE_PIXELS + x + 1]];
      rows[y * (bytesInRow + 1) + 1 + x / 2] = (left << 4) | right;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE_PIXELS, 0);
  header.writeUInt32BE(SIDE_PIXELS, 4);
  // Four bits for each pixel, which name a colour of the palette.
  header.set([4, 3, 0, 0, 0], 8);
  const mix = (at) => TILE.map((tile, part) => Math.round(tile + ((INK[part] - tile) * at) / (SHADES - 1)));
  const palette = Buffer.from([...Array(SHADES).keys()].flatMap(mix).concat(TILE));
  const opacity = Buffer.from([...Array(SHADES).fill(255), 0]);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("tRNS", opacity),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Runs in the page: how dark each pixel is, from 0 to 1; -1 where nothing is drawn. */
const RASTER = `async ([svg, side]) => {
  const image = new Image();
  image.src = "data:image/svg+xml;base64," + btoa(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, side, side);
  const { data } = pen.getImageData(0, 0, side, side);
  return Array.from({ length: side * side }, (_, at) => data[at * 4 + 3] < 128 ? -1 : 1 - data[at * 4] / 255);
}`;

function svg(shapes) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="${SIDE_PIXELS}" height="${SIDE_PIXELS}"><rect width="48" height="48" rx="8" fill="#fff"/><g fill="none" color="#000" stroke="#000" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">${shapes}</g></svg>`;
}

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
});
try {
  const page = await browser.newPage();
  const lines = [];
  for (const [name, shapes] of Object.entries(DRAWINGS)) {
    const dark = await page.evaluate(`(${RASTER})(${JSON.stringify([svg(shapes), SIDE_PIXELS])})`);
    const shades = dark.map((each) => (each < 0 ? SHADES : Math.round(each * (SHADES - 1))));
    lines.push(`  ${/\W/.test(name) ? JSON.stringify(name) : name}: "${png(shades).toString("base64")}",`);
  }
  const file = `// Written by scripts/step-drawings.mjs.

/** PNG, in base64. */
export const STEP_DRAWINGS = {
${lines.join("\n")}
} as const;
`;
  const root = join(fileURLToPath(import.meta.url), "..", "..");
  await writeFile(join(root, "src", "teams", "cards", "reports", "step-drawings.ts"), file);
} finally {
  await browser.close();
}
