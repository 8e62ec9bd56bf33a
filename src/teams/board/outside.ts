import type { Log, Ports, Rules } from "../../core/ports.js";
import type { ConversationStore, PostingStore } from "../../core/stores.js";
import type { Background } from "../sending/background.js";
import type { Messenger } from "../sending/messenger.js";
import type { RefusalWords } from "../words/refusal-text.js";

/** What the board takes from the start. */
export interface Outside {
  readonly messenger: Messenger;
  readonly conversations: ConversationStore;
  readonly postings: PostingStore;
  readonly background: Background;
  readonly log: Log;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** What the words of a refusal name. */
  readonly app: Pick<RefusalWords, "clientId" | "tenantId" | "authorityHost" | "adminCenterUrl">;
}

/** What it takes besides, as soon as the bot is put together. */
export interface Connected {
  readonly ports: Ports;
  readonly rules: Rules;
}
