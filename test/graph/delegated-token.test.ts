import { expect, it } from "vitest";
import { DelegatedToken } from "../../src/graph/delegated-token.js";

it.each([
  [Date.UTC(2026, 10, 29), Date.UTC(2026, 10, 29)],
  [undefined, undefined],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [1e20, undefined],
])("a token that ends at %s is known to end at %s", (told, known) => {
  expect(new DelegatedToken("text", told).endsAtMs).toBe(known);
});
