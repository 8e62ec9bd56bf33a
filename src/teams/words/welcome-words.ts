import { ownPasskeyText } from "./guide-words.js";

/** To a person without a role. */
export const welcomeEmployee = (securityInfoUrl: string): string =>
  `Hello, I am Latchkey. I work for the administrators who decide about passkeys here, and I can help you with your own.\n\n${ownPasskeyText(securityInfoUrl)}`;
/** While it cannot be told who is greeted. */
export const WELCOME_UNKNOWN =
  "Hello, I am Latchkey, and I roll out passkeys in Microsoft Entra. Say `help` for what I can do, or `guide` for your own passkey.";
/** To a group chat or a channel. */
export const WELCOME_ROOM =
  "Hello, I am Latchkey, and I roll out passkeys in Microsoft Entra. I answer here when I am mentioned: `@Latchkey status` for how things stand, `@Latchkey help` for the rest. For approvals in this conversation an approver says `@Latchkey approvals here`.";
