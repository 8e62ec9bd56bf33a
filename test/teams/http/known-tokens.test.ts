import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type ChannelTokenCheck,
  channelTokenCheck,
  Unauthenticated,
} from "../../../src/teams/http/channel-token.js";
import type { OpenIdKeys } from "../../../src/teams/http/openid-keys.js";

const OPTIONS = { clientId: "the-bot", botTokenIssuer: "https://channel.example" };
const SERVICE = "https://service.example/";
const HOUR_SECONDS = 3_600;
/** That clocks may differ by. */
const TOLERANCE_SECONDS = 300;

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let [old, young]: Pair[] = [];
const verifications = vi.spyOn(globalThis.crypto.subtle, "verify");

beforeAll(async () => {
  [old, young] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  verifications.mockClear();
});
afterEach(() => vi.useRealTimers());

/** Keys that can be fetched anew, as those of a channel. */
class Keys {
  #current: ReturnType<typeof createLocalJWKSet> | undefined;
  endorsements: readonly string[] = ["msteams"];

  async fetch(...pairs: readonly (Pair | undefined)[]): Promise<void> {
    const jwks = pairs.flatMap((pair) => (pair === undefined ? [] : [exportJWK(pair.publicKey)]));
    const keys = (await Promise.all(jwks)).map((jwk, nth) => ({ ...jwk, kid: kidOf(pairs[nth]) }));
    this.#current = createLocalJWKSet({ keys });
  }

  asOpenIdKeys(): OpenIdKeys {
    const get: OpenIdKeys = Object.assign(
      async (...[header, token]: Parameters<OpenIdKeys>) => {
        if (this.#current === undefined) throw new Error("the keys cannot be had");
        return this.#current(header, token);
      },
      { fetchAhead: async () => {}, endorsementsOf: async () => this.endorsements },
    );
    return get;
  }

  lose(): void {
    this.#current = undefined;
  }
}

const kidOf = (pair: Pair | undefined): string => (pair === old ? "old" : "young");

function signed(pair: Pair | undefined, seconds = HOUR_SECONDS): Promise<string> {
  if (pair === undefined) throw new Error("no key");
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ serviceurl: SERVICE })
    .setProtectedHeader({ alg: "RS256", kid: kidOf(pair) })
    .setIssuer(OPTIONS.botTokenIssuer)
    .setAudience(OPTIONS.clientId)
    .setNotBefore(now)
    .setExpirationTime(now + seconds)
    .sign(pair.privateKey);
}

async function startCheck(...pairs: readonly (Pair | undefined)[]): Promise<[ChannelTokenCheck, Keys]> {
  const keys = new Keys();
  await keys.fetch(...pairs);
  return [channelTokenCheck(OPTIONS, keys.asOpenIdKeys()), keys];
}

describe("a token that was verified", () => {
  it("is known the next time, and says the same", async () => {
    const [check] = await startCheck(old);
    const header = `Bearer ${await signed(old)}`;
    const first = await check(header);
    expect(first).toEqual({ authorization: header, serviceUrl: SERVICE, endorsements: ["msteams"] });
    expect(await check(header)).toEqual(first);
    expect(verifications).toHaveBeenCalledTimes(1);
  });

  it("is not known for another with a letter changed", async () => {
    const [check] = await startCheck(old);
    const token = await signed(old);
    await check(`Bearer ${token}`);
    const at = token.lastIndexOf(".") + 10;
    const other = `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
    await expect(check(`Bearer ${other}`)).rejects.toThrow(Unauthenticated);
  });

  it("is refused once its time is up", async () => {
    const [check] = await startCheck(old);
    const header = `Bearer ${await signed(old)}`;
    await check(header);
    vi.setSystemTime(Date.now() + (HOUR_SECONDS + TOLERANCE_SECONDS - 2) * 1000);
    await check(header);
    expect(verifications).toHaveBeenCalledTimes(1);
    vi.setSystemTime(Date.now() + 3_000);
    await expect(check(header)).rejects.toThrow(Unauthenticated);
  });

  it("is refused where the clock was set to before its time", async () => {
    const [check] = await startCheck(old);
    const header = `Bearer ${await signed(old)}`;
    await check(header);
    vi.setSystemTime(Date.now() - (TOLERANCE_SECONDS + 2) * 1000);
    await expect(check(header)).rejects.toThrow(Unauthenticated);
  });

  it("is refused when the keys were fetched anew, and its own is not among them", async () => {
    const [check, keys] = await startCheck(old);
    const header = `Bearer ${await signed(old)}`;
    await check(header);
    await keys.fetch(young);
    await expect(check(header)).rejects.toThrow(Unauthenticated);
  });

  it("is verified again by keys that were fetched anew, with what they are endorsed for", async () => {
    const [check, keys] = await startCheck(old);
    const header = `Bearer ${await signed(old)}`;
    await check(header);
    keys.endorsements = ["webchat"];
    await keys.fetch(young, old);
    expect(await check(header)).toMatchObject({ endorsements: ["webchat"] });
    expect(verifications).toHaveBeenCalledTimes(2);
    keys.endorsements = [];
    await keys.fetch(old);
    await expect(check(header)).rejects.toThrow(Unauthenticated);
  });

  it("counts for nothing while the keys cannot be had", async () => {
    const [check, keys] = await startCheck(old);
    const header = `Bearer ${await signed(old)}`;
    await check(header);
    keys.lose();
    await expect(check(header)).rejects.toThrow("the keys cannot be had");
    await expect(check(header)).rejects.not.toThrow(Unauthenticated);
  });

  it("is known by no other check", async () => {
    const [check] = await startCheck(old);
    const header = `Bearer ${await signed(old)}`;
    await check(header);
    const [stranger] = await startCheck(young);
    await expect(stranger(header)).rejects.toThrow(Unauthenticated);
  });
});

it("a token that was refused is verified each time", async () => {
  const [check] = await startCheck(young);
  const forged = `Bearer ${await signed(old)}`;
  for (let time = 0; time < 2; time += 1) await expect(check(forged)).rejects.toThrow(Unauthenticated);
});
