/** The time of day is so many milliseconds ahead of the true one; negative: behind it. */
export function setClockOffset(milliseconds: number): void;
/** So many milliseconds more have passed since the process began. */
export function setElapsedOffset(milliseconds: number): void;
