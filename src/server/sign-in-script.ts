/** What Teams' own library sends first: its version, and that of what it knows of its host. */
const SPOKEN = '"2.58.0", 4, null';
/** How long Teams may take to answer before the window closes all the same; then, to hear that it is over. */
const ANSWERED_WITHIN_MS = 3_000;
const HEARD_WITHIN_MS = 200;
/** Comes back to the bot as the `state` of a press: says nothing, in the digits that the Bot Framework's own pages send. */
const RESULT = "000000";

/**
 * Takes out of the address what has done its work: the code and the state. Where nothing is left to do, tells Teams that
 * the sign-in is over, and closes the window; a window that no script opened stays, with its words.
 *
 * Teams is told as `authentication.notifySuccess` of `@microsoft/teams-js` 2.58.0 tells it: `initialize` to the window that
 * opened this one, or on a phone to the interface that Teams puts there; and when that has answered, the result. Nothing of
 * it is secret, so that it does not matter who else might have opened the window.
 */
export const SIGN_IN_SCRIPT = `
history.replaceState(null, "", "done");
if (document.body.dataset.done) {
  const host = window.opener;
  const phone = window.nativeInterface;
  let sent = 0;
  const send = (func, args, origin) => {
    const message = { id: sent++, func, args, timestamp: Date.now() };
    if (host) host.postMessage(message, origin);
    else phone.framelessPostMessage(JSON.stringify(message));
  };
  const close = () => window.close();
  const hear = (data, origin) => {
    if (data?.id !== 0 || sent !== 1) return;
    send("authentication.authenticate.success", ["${RESULT}"], origin);
    setTimeout(close, ${HEARD_WITHIN_MS});
  };
  if (host || phone) {
    addEventListener("message", ({ source, data, origin }) => source === host && hear(data, origin));
    window.onNativeMessage = ({ data }) => hear(data);
    setTimeout(close, ${ANSWERED_WITHIN_MS});
    send("initialize", [${SPOKEN}], "*");
  } else close();
}
`;
