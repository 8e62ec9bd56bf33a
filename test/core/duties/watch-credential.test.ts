import { describe, expect, it } from "vitest";
import type { CredentialLook } from "../../../src/core/check/set-up.js";
import { watchCredential } from "../../../src/core/duties/watch-credential.js";
import { Fault } from "../../../src/core/errors.js";
import { FakeWorld } from "../fake-world.js";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const IDENTITY: CredentialLook = { kind: "managed-identity" };
const REJECTED = new Fault("app-sign-in-failed", "The app could not sign in.", {
  entraCode: "AADSTS7000215",
});

function watched(world: FakeWorld, credential: CredentialLook = IDENTITY) {
  const state = { asked: 0, fault: undefined as Fault | undefined };
  const watch = watchCredential(world.ports, credential, async () => {
    state.asked += 1;
    if (state.fault) throw state.fault;
  });
  return { state, watch };
}

const events = (world: FakeWorld) => world.errors.map(({ event, why }) => [event, why]);

describe("the app's credential", () => {
  it("is tried at once, and then once an hour", async () => {
    const world = new FakeWorld();
    const { state, watch } = watched(world);
    for (let minute = 0; minute <= 60; minute += 1) {
      await watch();
      world.advance(MINUTE_MS);
    }
    expect(state.asked).toBe(2);
    expect(world.attention.sentences).toEqual([]);
  });

  it("that Entra does not take is said at the start, once, and tried again each minute until it does", async () => {
    const world = new FakeWorld();
    const { state, watch } = watched(world);
    state.fault = REJECTED;
    for (let minute = 0; minute < 3; minute += 1) {
      await watch();
      world.advance(MINUTE_MS);
    }
    expect(state.asked).toBe(3);
    expect(events(world)).toEqual([["app-cannot-sign-in", "AADSTS7000215"]]);
    expect(world.attention.sentences).toEqual([
      expect.stringMatching(/does not take the app's sign-in \(AADSTS7000215\).*npm run doctor/),
    ]);
    state.fault = undefined;
    await watch();
    expect(world.attention.sentences).toEqual([]);
    expect(world.noted).toContainEqual({ event: "app-signs-in-again" });
  });

  it("is not blamed while Entra does not answer", async () => {
    const world = new FakeWorld();
    const { state, watch } = watched(world);
    state.fault = new Fault("entra-unavailable", "no answer");
    await watch();
    expect(world.attention.sentences.join()).toMatch(/Entra does not answer/);
  });

  it("is spoken of each day from 30 days before its end on, with the days that are left", async () => {
    const world = new FakeWorld();
    const goodUntil = new Date(world.time + 31.5 * DAY_MS);
    const { watch } = watched(world, { kind: "secret", goodUntil });
    const said: string[] = [];
    for (let day = 0; day < 33; day += 1) {
      await watch();
      said.push(...world.attention.sentences);
      world.advance(DAY_MS);
    }
    expect(said).toHaveLength(31);
    expect(new Set(said).size).toBe(31);
    expect(said[0]).toMatch(/ends on 2026-12-23, in 30 days\. .*--new-secret/);
    expect(said.at(-1)).toMatch(/ended on 2026-12-23: Entra lets it in no more/);
    const logged = world.noted.filter(({ event }) => event === "attention");
    expect(logged).toHaveLength(31);
  });
});
