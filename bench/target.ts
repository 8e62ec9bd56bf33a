import { figure } from "./table.js";

/** What was measured, and what it has to be. */
export interface Target {
  /** What the figure says, e.g. "times faster than the published module". */
  readonly about: string;
  readonly is: number;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  readonly unit?: string;
}

export function isMet({ is, bound }: Target): boolean {
  // A figure that could not be worked out meets nothing.
  return "atLeast" in bound ? is >= bound.atLeast : is <= bound.atMost;
}

/** `PASS  12.3x faster than ... (at least 8x)`. A figure that misses its bound does not look as if it met it. */
export function inWords(target: Target): string {
  const { about, is, bound, unit = "" } = target;
  const limit = "atLeast" in bound ? `at least ${bound.atLeast}${unit}` : `at most ${bound.atMost}${unit}`;
  const scale = Number.isInteger(is) ? 1 : Math.abs(is) < 10 ? 100 : 10;
  const rounded = ("atLeast" in bound ? Math.floor(is * scale) : Math.ceil(is * scale)) / scale;
  return `${isMet(target) ? "PASS" : "FAIL"}  ${figure(rounded, Math.log10(scale))}${unit} ${about} (${limit})`;
}
