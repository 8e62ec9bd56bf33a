import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloadMetadata } from "../../src/catalogue/download-metadata.js";
import { type BlobServer, blobServer } from "./blob-server.js";

const signal = new AbortController().signal;

describe("downloading FIDO metadata", () => {
  let server: BlobServer;
  beforeEach(async () => {
    server = await blobServer();
  });
  afterEach(() => server.close());

  it("answers what is served", async () => {
    server.answer = (response) => response.end("a.b.c\n");
    expect(await downloadMetadata(server.url, { signal })).toBe("a.b.c");
  });

  it("follows redirects to https", async () => {
    server.answer = (response, path) =>
      path === "/blob" ? response.end("a.b.c") : response.writeHead(302, { location: "/blob" }).end();
    expect(await downloadMetadata(server.url, { signal })).toBe("a.b.c");
    expect(server.asked).toEqual(["/", "/blob"]);
  });

  it("asks nothing of http, neither at first nor after a redirect", async () => {
    const plain = server.url.replace("https:", "http:");
    await expect(downloadMetadata(plain, { signal })).rejects.toThrow(/is not https/);
    server.answer = (response) => response.writeHead(301, { location: plain }).end();
    await expect(downloadMetadata(server.url, { signal })).rejects.toThrow(/^http:.* is not https/);
    expect(server.asked).toEqual(["/"]);
  });

  it("does not go in circles", async () => {
    server.answer = (response) => response.writeHead(302, { location: "/" }).end();
    await expect(downloadMetadata(server.url, { signal })).rejects.toThrow(/redirected more than 5 times/);
  });

  it.each([304, 403, 404, 500, 503])("says so when the answer is %i", async (status) => {
    server.answer = (response) => response.writeHead(status).end();
    await expect(downloadMetadata(server.url, { signal })).rejects.toThrow(`answered ${status}`);
  });

  it("stops reading what is too large, whatever length was announced", async () => {
    server.answer = (response) => {
      response.on("error", () => {});
      const more = () => response.write("x".repeat(1_000), () => !response.destroyed && setImmediate(more));
      more();
    };
    const limits = { milliseconds: 10_000, bytes: 50_000 };
    await expect(downloadMetadata(server.url, { limits, signal })).rejects.toThrow(/larger than 0.05 MB/);
  });

  it.each([
    ["nothing comes", () => {}],
    ["it stops halfway", (response: { write(text: string): void }) => response.write("a.b")],
  ])("gives up in time when %s", async (_what, answer) => {
    server.answer = answer;
    const limits = { milliseconds: 100, bytes: 50_000 };
    await expect(downloadMetadata(server.url, { limits, signal })).rejects.toThrow(
      /took longer than 0.1 seconds/,
    );
  });

  it("gives up when told to", async () => {
    const stop = new AbortController();
    server.answer = () => stop.abort();
    await expect(downloadMetadata(server.url, { signal: stop.signal })).rejects.toThrow();
  });
});
