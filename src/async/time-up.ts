/** What was waited for did not come in the time there was. */
export class TimeUp extends Error {
  override readonly name = "TimeUp";
}
