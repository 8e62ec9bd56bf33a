import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { activityHandler } from "../../../src/teams/http/http-handler.js";
import type { StrictTeamsAdapter } from "../../../src/teams/http/strict-adapter.js";

type Adapter = Pick<StrictTeamsAdapter, "vouch" | "authenticate" | "run">;
const logged: string[] = [];
const note = (event: string): void => void logged.push(event);
const log = { info: note, warn: note, error: note };
const body = {
  type: "invoke",
  channelId: "msteams",
  from: { id: "29:x" },
  recipient: { id: "28:x" },
  conversation: { id: "a:1" },
};

/**
 * What was answered, as soon as it is.
 * @param checkMs how long the check of the sender takes; undefined: for ever
 */
function handle(checkMs: number | undefined, seen: number[] = [], changed: object = {}) {
  const adapter: Adapter = {
    vouch: () => passedAfter(checkMs),
    authenticate: () => {},
    run: async (_activity, logic) => {
      await logic({} as never);
      return { status: 200, body: {} };
    },
  };
  const turn = async (_: unknown, answerBy: number): Promise<void> => void seen.push(answerBy);
  const answered: { status?: number; at?: number } = {};
  const response = {
    writeHead(status: number) {
      Object.assign(answered, { status, at: performance.now() });
      return this;
    },
    end() {},
  };
  const request = { headers: {} } as unknown as IncomingMessage;
  const readBody = async (): Promise<object> => ({ ...body, ...changed });
  void activityHandler(adapter, turn, log)(request, response as unknown as ServerResponse, readBody);
  return answered;
}

function passedAfter<Found>(ms: number | undefined): Promise<Found> {
  return new Promise((resolve) => {
    if (ms !== undefined) setTimeout(() => resolve({} as Found), ms);
  });
}

beforeEach(() => {
  logged.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("a request whose sender cannot be checked in time", () => {
  it("is 503 before Teams gives up on it, and runs nothing", async () => {
    const turns: number[] = [];
    const came = performance.now();
    const answered = handle(undefined, turns);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(answered).toEqual({});
    await vi.advanceTimersByTimeAsync(200);
    expect(answered).toEqual({ status: 503, at: came + 10_000 });
    expect(turns).toEqual([]);
    expect(logged).toEqual(["authentication-unavailable"]);
  });

  it("is 503 sooner when it is a click, which Teams has given up on, and runs nothing", async () => {
    const turns: number[] = [];
    const answered = handle(3_600, turns);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(answered).toMatchObject({ status: 503 });
    expect(turns).toEqual([]);
    expect(logged).toEqual(["authentication-unavailable"]);
  });

  it("is taken when it is a message, for which Teams waits longer", async () => {
    const turns: number[] = [];
    const answered = handle(8_000, turns, { type: "message" });
    await vi.advanceTimersByTimeAsync(8_100);
    expect(answered).toMatchObject({ status: 200 });
    expect(turns).toHaveLength(1);
  });
});

describe("the time a click has to be answered by", () => {
  it("counts from when the request came, not from when its sender was known", async () => {
    const turns: number[] = [];
    const came = performance.now();
    const answered = handle(3_000, turns);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(answered).toEqual({ status: 200, at: came + 3_000 });
    expect(turns).toEqual([came + 4_000]);
  });
});
