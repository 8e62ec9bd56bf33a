import type { Rules } from "../../../core/ports.js";

/** To a person who administers nothing. */
export const CHECK_NOT_FOR_YOU =
  "A check shows how Latchkey is set up, with addresses and ids, so it is for administrators and approvers. Ask one of them, or, if you are eligible for such a role, activate it in PIM and say `check` again.";

/** Where others read along. */
export const CHECK_IN_OWN_CHAT =
  "A check shows how Latchkey is set up, with addresses and ids. Say `check` in our own chat.";

export const SIGN_IN_BY_BROWSER_ONLY =
  "Teams could not sign you in by itself here, so an approval of yours goes through a browser. Compare Expose an API in Entra (the Application ID URI, the scope access_as_user and Teams' two client ids) with the Teams app's webApplicationInfo, and install the app for yourself; then press Try sign-in again.";

/** The whole round trip worked. */
export function signInWorksText({ signInDemands = [] }: Pick<Rules, "signInDemands">): string {
  const works =
    "Your sign-in works: Teams gave it, it is yours, and Entra exchanged it for the rights that an approval takes. Nothing was written, and it was dropped.";
  return signInDemands.length === 0
    ? works
    : `${works} An approval asks for more (${signInDemands.join(", ")}), which a browser shows when you press Approve.`;
}
