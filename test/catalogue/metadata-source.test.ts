import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.js";
import { type MetadataSource, metadataSource } from "../../src/catalogue/metadata-source.js";
import type { Aaguid } from "../../src/core/policy/policy.js";
import type { Log } from "../../src/core/ports.js";
import type { CachedMetadata } from "../../src/core/stores.js";
import { type BlobServer, blobServer } from "./blob-server.js";
import { flipped, metadataAuthority, payload } from "./signed-metadata.js";

const ACME = "11111111-2222-4333-8444-555555555555" as Aaguid;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const authority = await metadataAuthority();
const stranger = await metadataAuthority();
const start = new Date();
const daysOn = (days: number): string =>
  new Date(start.getTime() + days * 24 * HOUR).toISOString().slice(0, 10);
/** BLOB of that number, which names one model. */
const blob = (number: number, { name = `Acme ${number}`, due = daysOn(20), by = authority } = {}): string =>
  by.blob(payload(number, { [ACME]: { name } }, due));

class FakeCache {
  saved: CachedMetadata[] = [];
  broken = false;
  stored: CachedMetadata | undefined;
  load = async () => {
    if (this.broken) throw new Error("the disk is gone");
    return this.stored;
  };
  save = async (metadata: CachedMetadata) => {
    if (this.broken) throw new Error("the disk is gone");
    this.stored = metadata;
    this.saved.push(metadata);
  };
}

describe("the FIDO metadata in use", () => {
  let server: BlobServer;
  let cache: FakeCache;
  let now: Date;
  let events: { readonly event: string; readonly detail: Readonly<Record<string, unknown>> | undefined }[];
  let mayFetch: boolean;
  beforeEach(async () => {
    mayFetch = true;
    server = await blobServer();
    cache = new FakeCache();
    now = start;
    events = [];
  });
  afterEach(() => server.close());

  const log: Log = {
    info: (event, detail) => void events.push({ event, detail }),
    warn: (event, detail) => void events.push({ event, detail }),
    error: (event, detail) => void events.push({ event, detail }),
  };
  const logged = () => events.map(({ event }) => event);
  const source = (url: string | undefined = server.url): MetadataSource =>
    metadataSource({
      url,
      cache,
      clock: { now: () => now },
      log,
      mayFetch: async () => mayFetch,
      roots: [authority.root],
    });
  const later = (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds);
  };
  const serves = (text: string) => {
    server.answer = (response) => response.end(text);
  };

  it("is fetched when there is none, kept, and names models without a restart", async () => {
    serves(blob(7));
    const metadata = source();
    const { modelName, search } = catalogue(metadata);
    expect(modelName(ACME)).toBe("Unknown model");
    expect(search("acme 7")).toEqual([]);
    expect(metadata.standing()).toEqual({});
    await metadata.refreshIfDue();
    expect(modelName(ACME)).toBe("Acme 7");
    expect(search("acme 7")).toMatchObject([{ match: "same", model: { aaguid: ACME } }]);
    expect(metadata.standing()).toEqual({
      inUse: { number: 7, nextUpdate: daysOn(20), fetchedAt: start, overdue: false },
    });
    expect(cache.saved).toEqual([{ blob: blobServed(), fetchedAt: start.toISOString() }]);
  });
  const blobServed = () => cache.stored?.blob;

  it("is taken from the cache at start, without asking the network", async () => {
    cache.stored = { blob: blob(7), fetchedAt: new Date(start.getTime() - HOUR).toISOString() };
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.current()?.number).toBe(7);
    expect(server.asked).toEqual([]);
  });

  it("is fetched a day after it was fetched last, and not before", async () => {
    cache.stored = { blob: blob(7), fetchedAt: new Date(start.getTime() - 23 * HOUR).toISOString() };
    serves(blob(8));
    const metadata = source();
    await metadata.refreshIfDue();
    later(59 * MINUTE);
    await metadata.refreshIfDue();
    expect(server.asked).toHaveLength(0);
    later(MINUTE);
    await metadata.refreshIfDue();
    expect(metadata.current()?.number).toBe(8);
    later(23 * HOUR);
    await metadata.refreshIfDue();
    expect(server.asked).toHaveLength(1);
  });

  it("is fetched as soon as the next one should be out, then hourly until it is", async () => {
    cache.stored = { blob: blob(7, { due: daysOn(0) }), fetchedAt: start.toISOString() };
    serves(blob(7, { due: daysOn(0) }));
    const metadata = source();
    await metadata.refreshIfDue();
    await metadata.refreshIfDue();
    expect(server.asked).toHaveLength(1);
    later(HOUR);
    serves(blob(8));
    await metadata.refreshIfDue();
    expect(metadata.current()?.number).toBe(8);
  });

  it("is said to be overdue after the day of the next update, and its names are kept", async () => {
    cache.stored = { blob: blob(7, { due: daysOn(-1) }), fetchedAt: start.toISOString() };
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.standing()).toMatchObject({ inUse: { number: 7, overdue: true } });
    expect(catalogue(metadata).modelName(ACME)).toBe("Acme 7");
    expect(events.at(-1)).toMatchObject({
      event: "fido-metadata-failed",
      detail: { number: 7, overdue: true },
    });
  });

  it.each([
    ["an older number", () => blob(6, { name: "Older" }), /number 6, older than number 7/],
    ["another authority's", () => blob(8, { by: stranger }), /do not lead to a root we trust/],
    ["a damaged one", () => flipped(blob(8)), /signature or its form is wrong/],
    ["a web page", () => "<html>Sign in</html>", /no signed metadata BLOB/],
  ])("is not replaced by %s: what is known stays, the reason is said", async (_what, served, why) => {
    cache.stored = { blob: blob(7), fetchedAt: new Date(start.getTime() - 25 * HOUR).toISOString() };
    serves(served());
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.standing()).toMatchObject({
      inUse: { number: 7 },
      problem: { at: start, why: expect.stringMatching(why) },
    });
    expect(catalogue(metadata).modelName(ACME)).toBe("Acme 7");
    expect(cache.saved).toEqual([]);
    expect(logged()).toEqual(["fido-metadata-loaded", "fido-metadata-refused"]);
  });

  it("accepts the number it has, so that a quiet week is no failure", async () => {
    cache.stored = { blob: blob(7), fetchedAt: new Date(start.getTime() - 25 * HOUR).toISOString() };
    serves(blob(7));
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.standing()).toMatchObject({ inUse: { number: 7, fetchedAt: start } });
    expect(metadata.standing().problem).toBeUndefined();
  });

  it("is asked for again after a failure, at growing intervals up to an hour", async () => {
    server.answer = (response) => response.writeHead(503).end();
    const metadata = source();
    const asked: number[] = [];
    for (let minute = 0; minute <= 250; minute += 1) {
      const before = server.asked.length;
      await metadata.refreshIfDue();
      if (server.asked.length > before) asked.push(minute);
      later(MINUTE);
    }
    expect(asked).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
    expect(metadata.standing().problem?.why).toContain("answered 503");
    serves(blob(7));
    later(HOUR);
    await metadata.refreshIfDue();
    expect(metadata.standing().problem).toBeUndefined();
    expect(metadata.current()?.number).toBe(7);
  });

  it("says in words why nothing can be reached", async () => {
    await server.close();
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.standing().problem?.why).toMatch(/ECONNREFUSED/);
  });

  it.each([
    ["damaged", flipped(blob(7))],
    ["not FIDO's", blob(7, { by: stranger })],
  ])("ignores a cached one that is %s, says so, and fetches another", async (_what, cached) => {
    cache.stored = { blob: cached, fetchedAt: start.toISOString() };
    serves(blob(8));
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.current()?.number).toBe(8);
    expect(logged()).toEqual(["fido-metadata-cache-ignored", "fido-metadata-refreshed"]);
  });

  it("is used also when the cache can neither be read nor written", async () => {
    cache.broken = true;
    serves(blob(7));
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.current()?.number).toBe(7);
    expect(logged()).toEqual([
      "fido-metadata-cache-unreadable",
      "fido-metadata-not-kept",
      "fido-metadata-refreshed",
    ]);
  });

  it("is only taken from the cache when fetching is off", async () => {
    cache.stored = { blob: blob(7, { due: daysOn(-1) }), fetchedAt: "2026-01-01T00:00:00.000Z" };
    const metadata = metadataSource({
      url: undefined,
      cache,
      clock: { now: () => now },
      log,
      mayFetch: async () => true,
      roots: [authority.root],
    });
    await metadata.refreshIfDue();
    expect(metadata.standing()).toMatchObject({ inUse: { number: 7, overdue: true } });
    expect(server.asked).toEqual([]);
  });

  it("is left to be fetched by the process that does so, and taken from the cache when that has kept it", async () => {
    mayFetch = false;
    const metadata = source();
    await metadata.refreshIfDue();
    expect(metadata.current()).toBeUndefined();
    const other = source();
    mayFetch = true;
    serves(blob(7));
    await other.refreshIfDue();
    mayFetch = false;
    later(MINUTE);
    await metadata.refreshIfDue();
    expect(metadata.standing()).toMatchObject({ inUse: { number: 7, fetchedAt: start } });
    expect(server.asked).toHaveLength(1);
    expect(logged()).toEqual(["fido-metadata-refreshed", "fido-metadata-loaded"]);
  });

  it("is looked for in the cache at growing intervals while the other process has none either", async () => {
    mayFetch = false;
    const metadata = source();
    let loads = 0;
    cache.load = async () => {
      loads += 1;
      return undefined;
    };
    for (let minute = 0; minute <= 250; minute += 1) {
      await metadata.refreshIfDue();
      later(MINUTE);
    }
    expect(loads).toBe(10);
    expect(server.asked).toEqual([]);
    expect(metadata.standing()).toEqual({});
  });

  it("is not fetched by a process that begins to do so when another has just kept it", async () => {
    cache.stored = { blob: blob(7), fetchedAt: new Date(start.getTime() - 23 * HOUR).toISOString() };
    const metadata = source();
    await metadata.refreshIfDue();
    later(2 * HOUR);
    cache.stored = { blob: blob(8), fetchedAt: now.toISOString() };
    await metadata.refreshIfDue();
    expect(metadata.current()?.number).toBe(8);
    expect(server.asked).toEqual([]);
  });

  it("is not replaced by an older one that another process has kept", async () => {
    cache.stored = { blob: blob(8), fetchedAt: new Date(start.getTime() - 25 * HOUR).toISOString() };
    mayFetch = false;
    const metadata = source();
    await metadata.refreshIfDue();
    cache.stored = { blob: blob(7), fetchedAt: now.toISOString() };
    later(HOUR);
    await metadata.refreshIfDue();
    expect(metadata.current()?.number).toBe(8);
  });

  it("is fetched once, however many ask at the same time", async () => {
    serves(blob(7));
    const metadata = source();
    await Promise.all([metadata.refreshIfDue(), metadata.refreshIfDue()]);
    expect(server.asked).toHaveLength(1);
  });

  it("stops at once when told to, and calls that no failure", async () => {
    const metadata = source();
    server.answer = () => metadata.stop();
    await metadata.refreshIfDue();
    await metadata.refreshIfDue();
    expect(server.asked).toHaveLength(1);
    expect(metadata.standing()).toEqual({});
    expect(logged()).toEqual([]);
  });
});
