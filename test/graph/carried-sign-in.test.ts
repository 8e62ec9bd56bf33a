import { expect, it } from "vitest";
import { carriedBy } from "../../src/graph/carried-sign-in.js";

const tokenOf = (payload: unknown): string =>
  `head.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.signature`;

it.each([[[]], [["fido"]], [7], ["fido"], [null], [true], [{ amr: "fido", acrs: { c1: true } }]])(
  "a token for Graph whose payload is %j carries nothing of its own",
  (payload) => {
    expect(carriedBy(tokenOf(payload), {})).toEqual({ amr: [], acrs: [] });
    const amr = { amr: ["pwd"], auth_time: 1_700_000_000 };
    expect(carriedBy(tokenOf(payload), amr)).toEqual({
      amr: ["pwd"],
      acrs: [],
      at: new Date(1_700_000_000_000).toISOString(),
    });
  },
);

it.each(["", "opaque", "a.b.c", "a..c", "."])("a token in another form carries nothing: %j", (token) => {
  expect(carriedBy(token, {})).toEqual({ amr: [], acrs: [] });
});
