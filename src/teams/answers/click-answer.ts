import type { Plan } from "../../core/plan/plan.js";
import type { AdaptiveCard } from "../cards/parts/card.js";
import type { Incoming } from "../incoming/read-activity.js";
import type { Press } from "../incoming/read-press.js";

export type ClickIncoming = Extract<Incoming, { kind: "click" }>;

/** What the person who pressed gets to see. */
export type ClickAnswer =
  | { readonly kind: "card"; readonly card: AdaptiveCard; readonly plan: Plan }
  /** The card of a scan or a drift, as everybody in this place gets to see it. */
  | { readonly kind: "shared-card"; readonly card: AdaptiveCard }
  /** A page of a report, for the person who pressed alone. */
  | { readonly kind: "page"; readonly card: AdaptiveCard; readonly names: "people" | "none" }
  | { readonly kind: "text"; readonly text: string }
  /** Teams signs the person in; its button leads to the link's page. undefined: there was no time to make one. */
  | { readonly kind: "sign-in"; readonly link: string | undefined }
  /** The sign-in that came along did not do: the person signs in in a browser. The text is for when that cannot be offered. */
  | {
      readonly kind: "sign-in-in-browser";
      readonly link: string;
      readonly prompt: string;
      readonly text: string;
    };

const LOOKS: ReadonlySet<string> = new Set(["showAll", "showLess", "showDrift", "showDriftLess"]);

/** Whether the button changes nothing: what it shows is for the person who pressed, and does not come by itself. */
export const isLook = ({ verb }: Press): boolean => LOOKS.has(verb);
