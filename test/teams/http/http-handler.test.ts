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

/** What was answered, as soon as it is. */
function handle(authenticate: () => Promise<unknown>, seen: number[] = []) {
  const adapter: Adapter = {
    vouch: authenticate as Adapter["vouch"],
    authenticate: async () => ({}) as Awaited<ReturnType<Adapter["authenticate"]>>,
    run: async (_vouched, _activity, logic) => {
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
  const readBody = async (): Promise<object> => body;
  void activityHandler(adapter, turn, log)(request, response as unknown as ServerResponse, readBody);
  return answered;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("a request whose sender cannot be checked in time", () => {
  it("is 503 before Teams gives up on it, and runs nothing", async () => {
    const turns: number[] = [];
    const answered = handle(() => new Promise(() => {}), turns);
    await vi.advanceTimersByTimeAsync(3_400);
    expect(answered).toEqual({});
    await vi.advanceTimersByTimeAsync(200);
    expect(answered).toMatchObject({ status: 503 });
    expect(turns).toEqual([]);
    expect(logged).toEqual(["authentication-unavailable"]);
  });
});

describe("the time a click has to be answered by", () => {
  it("counts from when the request came, not from when its sender was known", async () => {
    const turns: number[] = [];
    const came = performance.now();
    const answered = handle(() => new Promise((resolve) => setTimeout(resolve, 3_000, {})), turns);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(answered).toMatchObject({ status: 200 });
    expect(turns).toEqual([came + 4_000]);
  });
});
