import type { Message } from "../sending/messenger.js";

/** What is said to a command: a message, or a card that posts itself and is kept up to date. */
export type Answer =
  | Message
  | {
      readonly kind: "live-card";
      /** @param into a message of ours that becomes the card */
      readonly post: (into: string | undefined) => Promise<void>;
    };
