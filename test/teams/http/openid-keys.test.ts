import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SeededRandom } from "../../../simulators/tenant/seeded-random.js";
import { openIdKeys } from "../../../src/teams/http/openid-keys.js";
import { mutatedJson } from "../../faults/mutated-json.js";

const MUTATED = 300;
const SEED = 20261129;

/** What the server of the keys answers: text by path. */
let answers: Record<string, string>;
let server: Server;
let origin: string;
const ours = await generateKeyPair("RS256");
const foreign = await generateKeyPair("RS256");
const KEYS = { keys: [{ ...(await exportJWK(ours.publicKey)), kid: "ours", endorsements: ["msteams"] }] };

beforeEach(async () => {
  server = createServer(({ url = "" }, response) => {
    const text = answers[url];
    response.writeHead(text === undefined ? 404 : 200, { "Content-Type": "application/json" });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answers = { "/discovery": JSON.stringify(document()), "/keys": JSON.stringify(KEYS) };
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const document = (path = "/keys") => ({ issuer: origin, jwks_uri: origin + path });
const token = ({ privateKey }: typeof ours) =>
  new SignJWT({}).setProtectedHeader({ alg: "RS256", kid: "ours" }).setExpirationTime("1h").sign(privateKey);
const isListOfTexts = (value: unknown) =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");
const TAKEN = "taken";
/** @returns "taken", or the error */
async function taken(keys: ReturnType<typeof openIdKeys>, signed: string): Promise<unknown> {
  return jwtVerify(signed, keys).then(
    () => TAKEN,
    (error: unknown) => error,
  );
}

describe("mutated answers about the signing keys", () => {
  it.each(["/discovery", "/keys"])(
    `never let a foreign signature in, and are said as an error: %s`,
    async (path) => {
      const random = new SeededRandom(SEED);
      const [good, bad] = await Promise.all([token(ours), token(foreign)]);
      const whole = JSON.parse(answers[path] ?? "");
      const outcomes = new Set<unknown>();
      for (let at = 0; at < MUTATED; at++) {
        answers[path] = mutatedJson(random, whole);
        const keys = openIdKeys(`${origin}/discovery`);
        const outcome = await taken(keys, good);
        outcomes.add(outcome === TAKEN ? TAKEN : "refused");
        expect(outcome === TAKEN || outcome instanceof Error, answers[path]).toBe(true);
        expect(await taken(keys, bad), answers[path]).toBeInstanceOf(Error);
        const endorsements = await keys.endorsementsOf("ours").catch((error: unknown) => error);
        if (!(endorsements instanceof Error)) expect(endorsements).toEqual(expect.toSatisfy(isListOfTexts));
      }
      expect([...outcomes].sort()).toEqual(["refused", TAKEN]);
    },
  );
});

describe("the place of the keys", () => {
  it.each([
    ["was told wrongly at first", "/nowhere", "/keys"],
    ["moved, and the old place is gone", "/old", "/keys"],
  ])("is looked up again after ten seconds when it %s", async (_, before, after) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const signed = await token(ours);
    answers = { "/discovery": JSON.stringify(document(before)), "/old": answers["/keys"] ?? "" };
    const keys = openIdKeys(`${origin}/discovery`);
    expect(await taken(keys, signed)).toEqual(before === "/old" ? TAKEN : expect.any(Error));
    answers = { "/discovery": JSON.stringify(document(after)), "/keys": JSON.stringify(KEYS) };
    // What is kept of the old keys is fetched anew after ten minutes.
    vi.setSystemTime(Date.now() + 11 * 60_000);
    expect(await taken(keys, signed)).toBe(TAKEN);
  });

  it("stays known while neither can be had, so that a short silence costs nothing", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const [signed, unknown] = await Promise.all([
      token(ours),
      new SignJWT({}).setProtectedHeader({ alg: "RS256", kid: "other" }).sign(foreign.privateKey),
    ]);
    const keys = openIdKeys(`${origin}/discovery`);
    expect(await taken(keys, signed)).toBe(TAKEN);
    answers = {};
    vi.setSystemTime(Date.now() + 15_000);
    expect(await taken(keys, unknown)).toBeInstanceOf(Error);
    expect(await taken(keys, signed)).toBe(TAKEN);
  });
});
