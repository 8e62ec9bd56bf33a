// Lets time pass in this process, and sets its clock: Date by one offset, performance.now by another. Each can be
// changed at any moment. Timers go on as if nothing had happened.
const RealDate = Date;
const realElapsed = performance.now.bind(performance);
let clockOffset = Number(process.env.LATCHKEY_TEST_CLOCK_OFFSET ?? 0);
let elapsedOffset = 0;

const now = () => RealDate.now() + clockOffset;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
performance.now = () => realElapsed() + elapsedOffset;

/** The time of day is so many milliseconds ahead of the true one; negative: behind it. */
export function setClockOffset(milliseconds) {
  clockOffset = milliseconds;
}

/** So many milliseconds more have passed since the process began. */
export function setElapsedOffset(milliseconds) {
  elapsedOffset = milliseconds;
}
