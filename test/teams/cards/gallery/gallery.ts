import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import type { MicrosoftCard } from "../microsoft-card.js";
import { CHOICES } from "./choice-gallery.js";
import { DRIFTS_AND_SCANS } from "./drift-and-scan-gallery.js";
import { MODELS } from "./model-gallery.js";
import { PEOPLE } from "./people-gallery.js";
import { PLANS } from "./plan-gallery.js";
import { REPORTS } from "./report-gallery.js";
import { ROLLOUTS } from "./rollout-gallery.js";

/** A card in one state: the name of its picture, what it shows, and how it is drawn. */
export type Exhibit = readonly [name: string, says: string, draw: () => AdaptiveCard];

const ROOMS = [
  ["Plans", PLANS],
  ["Drift and scans", DRIFTS_AND_SCANS],
  ["Models and the week", MODELS],
  ["Rollout and profiles", ROLLOUTS],
  ["Reports and help", REPORTS],
  ["People", PEOPLE],
  ["Questions back", CHOICES],
] as const;

/** Every card in every state; that each is a card to Microsoft's library as well, the compiler holds. */
export const GALLERY: readonly Exhibit[] = ROOMS.flatMap(
  ([, exhibits]) => exhibits,
) satisfies readonly (readonly [string, string, () => MicrosoftCard])[];

/** The page with the pictures of all of them. */
export function galleryPage(): string {
  const rooms = ROOMS.flatMap(([title, exhibits]) => [
    `## ${title}`,
    ...exhibits.map(([name, says]) => `### ${says}\n\n![${says}](${name}.webp)`),
  ]);
  return `${["# Cards", INTRODUCTION, ...rooms].join("\n\n")}\n`;
}

const INTRODUCTION = `Every card in every state, 640 pixels wide and light, and 328 pixels wide and dark, as the Adaptive Cards renderer draws it in colours much like those of Teams. The lists of exhibits are in \`test/teams/cards/gallery\`; after a change of a card its picture is drawn again:

\`\`\`sh
LATCHKEY_WRITE_CARD_PICTURES=docs/cards npx vitest run --project flow test/browser/card-pictures.test.ts
\`\`\`

and, with \`-t\` and the name of a card, only that one. The same test draws both widths in both themes, and holds that no card is wider than it may be, that no button is cut off, no word broken, and that [axe](https://github.com/dequelabs/axe-core) finds nothing serious.`;
