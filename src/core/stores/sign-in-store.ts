import type { Shown } from "../audit/shown-digest.js";
import type { ConversationId, Instant, Person, TenantId } from "../person.js";

/** What a person may do by signing in in a browser: approve what one card showed, for some minutes, once. */
export interface SignInOffer extends Shown {
  readonly tenantId: TenantId;
  readonly planNumber: number;
  /** Who pressed the button, and alone may come back. */
  readonly person: Person;
  readonly conversation: ConversationId;
  readonly offeredAt: Instant;
  readonly validUntil: Instant;
  /** What Entra demanded when silent sign-in was tried. */
  readonly claims?: string;
  /** What the browser knew was not enough. */
  readonly prompt?: "select_account" | "login";
}

/** Sign-ins in a browser. Of their secrets only hashes are kept, and without the secret an offer cannot be changed unseen. */
export interface SignInStore {
  /** Keeps an offer; those whose time is up go. @returns the secret of its link, which is kept nowhere */
  offer(offer: SignInOffer): Promise<string>;
  /** What a link stands for at that time, as it was offered. */
  find(link: string, at: Instant): Promise<SignInOffer | undefined>;
  /**
   * A browser sets out. One that set out before with the same link cannot come back any more.
   * @returns the secret that this browser comes back with, which is kept nowhere; undefined: the link is good for nothing
   */
  setOut(link: string, at: Instant): Promise<string | undefined>;
  /** A browser comes back, and the offer is used up. undefined: it is over, or another browser has set out since. */
  comeBack(link: string, browser: string, at: Instant): Promise<SignInOffer | undefined>;
}
